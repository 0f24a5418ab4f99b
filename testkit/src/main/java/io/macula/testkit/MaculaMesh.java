package io.macula.testkit;

import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/// Gives tests a [Mesh] of nodes in this JVM, as a parameter. On a class, its tests share one mesh, which is healed, whole and
/// ready before each of them; state that a test wrote is there for the next one. On a method, the test has
/// one of its own. It is started when first asked for, and all of it ends with the class or the test, whatever became of that.
/// Tests that share a mesh must not run at the same time.
///
/// ```java
/// @MaculaMesh(nodes = 3)
/// class CounterTest {
///     @Test
///     void everyNodeSeesTheCount(Mesh mesh) { ... }
/// }
/// ```
@Target({ElementType.TYPE, ElementType.METHOD})
@Retention(RetentionPolicy.RUNTIME)
@Inherited
@ExtendWith(MeshExtension.class)
public @interface MaculaMesh {

    /// How many, 1 to 10. Number 0 is a gateway, the others know it.
    int nodes();

    /// Whether they are one Cluster, with coordination: one voter, three from three nodes on, five from five on. Without it
    /// a mesh starts in a fraction of the time.
    boolean cluster() default true;

    /// What [Mesh#random()] draws from. System property `macula.mesh.seed`, when set, wins.
    long seed() default 1;

    /// Lines of `macula.conf` for all nodes, which win over those of the mesh.
    String[] settings() default {};
}
