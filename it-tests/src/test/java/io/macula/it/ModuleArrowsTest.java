package io.macula.it;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Holds the arrows between the modules, from user to used.
class ModuleArrowsTest {

    /// Module package, and the packages of ours it may use beside its own.
    private static final Map<String, Set<String>> ARROWS = Map.of(
            "supervision", Set.of(),
            "supervision.testkit", Set.of("supervision"),
            "dht", Set.of(),
            "crdt", Set.of(),
            "app", Set.of("crdt", "supervision"),
            "arcade", Set.of("app", "crdt", "supervision"),
            "coordination", Set.of("app"),
            "actors", Set.of("supervision", "dht", "crdt"),
            "runtime", Set.of("supervision", "dht", "crdt", "app", "actors", "coordination"),
            "testkit", Set.of("supervision", "supervision.testkit", "dht", "crdt", "app", "actors",
                    "coordination", "runtime"));

    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("io.macula");

    static Set<String> modules() {
        return ARROWS.keySet();
    }

    @Test
    void everyClassBelongsToAKnownModule() {
        assertThat(CLASSES).isNotEmpty();
        assertThat(CLASSES.stream().map(ModuleArrowsTest::module).distinct())
                .allMatch(ARROWS::containsKey);
    }

    @ParameterizedTest
    @MethodSource("modules")
    void aModuleUsesOnlyWhatItMay(String module) {
        classes().that(belongTo(module))
                .should()
                .onlyDependOnClassesThat(mayBeUsedBy(module))
                .check(CLASSES);
    }

    @Test
    void theDhtCoreNeedsNothingButTheJdk() {
        classes().that()
                .resideInAPackage("io.macula.dht..")
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage("java..", "io.macula.dht..",
                        "org.jspecify..")
                .check(CLASSES);
    }

    @Test
    void typesOfANetworkLibraryStayInsideItsProvider() {
        noClasses().that()
                .resideOutsideOfPackages("io.macula.actors.link.quic.netty..",
                        "io.macula.actors.http.netty..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("io.netty..")
                .check(CLASSES);
        noClasses().that()
                .resideOutsideOfPackage("io.macula.actors.link.quic.kwik..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("tech.kwik..")
                .check(CLASSES);
    }

    /// So that a node without a Cluster loads nothing of it.
    @Test
    void typesOfPekkoClusterStayWithTheMember() {
        noClasses().that()
                .resideOutsideOfPackage("io.macula.actors.cluster..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.apache.pekko.cluster..", "org.apache.pekko.remote..",
                        "org.apache.pekko.stream..")
                .check(CLASSES);
    }

    @Test
    void typesOfRatisStayWithTheVoters() {
        noClasses().that()
                .resideOutsideOfPackage("io.macula.coordination.raft..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.apache.ratis..")
                .check(CLASSES);
        noClasses().that()
                .resideInAPackage("io.macula.coordination..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.apache.pekko..")
                .check(CLASSES);
    }

    @Test
    void theWireCodecKnowsNoActors() {
        noClasses().that()
                .resideInAnyPackage("io.macula.actors.wire..",
                        "io.macula.actors.rpc..", "io.macula.actors.pubsub..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.apache.pekko..")
                .check(CLASSES);
    }

    /// The cores carry the context of a trace as a value of ours; who records spans is known in one place.
    @Test
    void typesOfOpenTelemetryStayOutOfTheCoresAndItsSdkWithTheTraces() {
        noClasses().that()
                .resideInAnyPackage("io.macula.actors.wire..", "io.macula.actors.rpc..",
                        "io.macula.actors.pubsub..", "io.macula.crdt..",
                        "io.macula.supervision..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("io.opentelemetry..")
                .check(CLASSES);
        noClasses().that()
                .resideOutsideOfPackage("io.macula.runtime.trace..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("io.opentelemetry.sdk..")
                .check(CLASSES);
    }

    /// `benchmarks` may use everything, and nobody uses it; its licence differs too.
    @Test
    void theMeasurementsAreNoPartOfANode() {
        noClasses().should()
                .dependOnClassesThat()
                .resideInAnyPackage("io.macula.benchmarks..", "org.openjdk.jmh..")
                .check(CLASSES);
        assertThat(ModuleArrowsTest.class.getResource("/org/openjdk/jmh/Main.class")).isNull();
    }

    private static DescribedPredicate<JavaClass> belongTo(String module) {
        return DescribedPredicate.describe("belong to " + module,
                type -> type.getPackageName().startsWith("io.macula.")
                        && module(type).equals(module));
    }

    private static DescribedPredicate<JavaClass> mayBeUsedBy(String module) {
        return DescribedPredicate.describe("may be used by " + module,
                used -> !used.getPackageName().startsWith("io.macula.")
                        || module(used).equals(module)
                        || ARROWS.getOrDefault(module, Set.of()).contains(module(used)));
    }

    private static String module(JavaClass type) {
        return type.getPackageName().startsWith("io.macula.supervision.testkit")
                ? "supervision.testkit"
                : type.getPackageName().split("\\.")[2];
    }
}
