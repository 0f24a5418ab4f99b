package io.macula.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolutionException;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.platform.commons.support.AnnotationSupport;

/// Makes the meshes of [MaculaMesh], mends them between tests, and ends them.
final class MeshExtension implements ParameterResolver, BeforeEachCallback, AfterEachCallback {

    private static final ExtensionContext.Namespace SPACE = ExtensionContext.Namespace
            .create(MeshExtension.class);

    /// Whom a mesh belongs to: the class or the test that has the annotation.
    private record Owner(ExtensionContext context, MaculaMesh wanted) {

        Optional<Shared> present() {
            return Optional.ofNullable(
                    context.getStore(SPACE).get(context.getUniqueId(), Shared.class));
        }

        Mesh mesh() {
            return context.getStore(SPACE)
                    .getOrComputeIfAbsent(context.getUniqueId(), _ -> new Shared(start(wanted)),
                            Shared.class)
                    .mesh();
        }
    }

    /// Ended by JUnit together with its owner.
    private record Shared(Mesh mesh) implements AutoCloseable {

        @Override
        public void close() {
            mesh.end();
        }
    }

    /// Told with the failure of a test.
    private static final class Evidence extends RuntimeException {

        private static final long serialVersionUID = 1L;

        Evidence(String report) {
            super(report, null, false, false);
        }
    }

    MeshExtension() {}

    private static Mesh start(MaculaMesh wanted) {
        Plan.check(wanted.nodes());
        var seed = Long.getLong("macula.mesh.seed", wanted.seed());
        return Mesh.start(Plan.of(wanted, seed, folder()));
    }

    private static Path folder() {
        try {
            return Files.createTempDirectory("macula-mesh");
        } catch (IOException e) {
            throw new UncheckedIOException("there is no folder for the mesh", e);
        }
    }

    /// The innermost of test, class and outer classes.
    private static Optional<Owner> owner(ExtensionContext context) {
        for (var at = Optional.of(context); at.isPresent(); at = at.get().getParent()) {
            var where = at.get();
            var wanted = where.getElement()
                    .flatMap(element -> AnnotationSupport.findAnnotation(element,
                            MaculaMesh.class));
            if (wanted.isPresent()) {
                return Optional.of(new Owner(where, wanted.get()));
            }
        }
        return Optional.empty();
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == Mesh.class;
    }

    @Override
    public @Nullable Object resolveParameter(ParameterContext parameter,
            ExtensionContext context) {
        return owner(context)
                .orElseThrow(() -> new ParameterResolutionException(
                        "a mesh needs @MaculaMesh(nodes = ...) on the test or its class"))
                .mesh();
    }

    @Override
    public void beforeEach(ExtensionContext context) {
        owner(context).flatMap(Owner::present).map(Shared::mesh).ifPresent(Mesh::mend);
    }

    @Override
    public void afterEach(ExtensionContext context) {
        context.getExecutionException()
                .ifPresent(failure -> owner(context).flatMap(Owner::present)
                        .ifPresent(shared -> failure.addSuppressed(
                                new Evidence("the mesh: " + shared.mesh()))));
    }
}
