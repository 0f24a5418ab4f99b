package io.macula.supervision.testkit;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/// Gives a test a [Lab], as a parameter of the test or of a `@BeforeEach` or `@AfterEach` method, or in a
/// field that is neither static nor final. One lab per test; it is closed after it, which fails the test
/// when something is left behind. When a test fails, the seed, what happened and the tree are told with
/// its failure.
///
/// ```java
/// @Test
/// void aLostLinkTakesTheParserAlong(@Supervised Lab lab) { ... }
/// ```
@Target({ElementType.PARAMETER, ElementType.FIELD})
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(LabExtension.class)
public @interface Supervised {

    /// What everything random is drawn from. System property `macula.lab.seed`, when set, wins.
    long seed() default 1;

    /// Real time and threads instead of manual time.
    boolean inRealTime() default false;
}
