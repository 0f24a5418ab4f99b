package io.macula.supervision.testkit;

import java.lang.reflect.Field;
import java.lang.reflect.Method;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolutionException;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.platform.commons.support.AnnotationSupport;
import org.junit.platform.commons.support.ModifierSupport;

/// Makes the labs of [Supervised], and closes them.
final class LabExtension implements ParameterResolver, BeforeEachCallback, AfterEachCallback {

    private static final ExtensionContext.Namespace SPACE = ExtensionContext.Namespace
            .create(LabExtension.class);

    /// Told with the failure of a test.
    private static final class Evidence extends RuntimeException {

        private static final long serialVersionUID = 1L;

        private final String report;

        Evidence(String report) {
            super(report, null, false, false);
            this.report = report;
        }

        @Override
        public String toString() {
            return report;
        }
    }

    LabExtension() {}

    @Override
    public void beforeEach(ExtensionContext context) throws IllegalAccessException {
        for (var field : AnnotationSupport.findAnnotatedFields(context.getRequiredTestClass(),
                Supervised.class)) {
            inject(field, context);
        }
    }

    private static void inject(Field field, ExtensionContext context)
            throws IllegalAccessException {
        if (field.getType() != Lab.class || ModifierSupport.isStatic(field)
                || ModifierSupport.isFinal(field)) {
            throw new ExtensionConfigurationException(
                    "@Supervised belongs to a field of type Lab that is neither static nor final: "
                            + field);
        }
        field.setAccessible(true);
        field.set(context.getRequiredTestInstance(),
                lab(context, field.getAnnotation(Supervised.class)));
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        if (!parameter.isAnnotated(Supervised.class)) {
            return false;
        }
        if (parameter.getParameter().getType() != Lab.class
                || !(parameter.getDeclaringExecutable() instanceof Method)
                || context.getTestMethod().isEmpty()) {
            throw new ParameterResolutionException(
                    "@Supervised belongs to a parameter of type Lab, "
                            + "of a test or what runs before or after each");
        }
        return true;
    }

    @Override
    public @Nullable Object resolveParameter(ParameterContext parameter,
            ExtensionContext context) {
        return lab(context, parameter.findAnnotation(Supervised.class).orElseThrow());
    }

    /// The lab of this test, whoever asks first says how it is made.
    private static Lab lab(ExtensionContext context, Supervised how) {
        return context.getStore(SPACE)
                .getOrComputeIfAbsent(context.getUniqueId(), _ -> make(how), Lab.class);
    }

    private static Lab make(Supervised how) {
        var seed = Long.getLong("macula.lab.seed", how.seed());
        return how.inRealTime() ? Lab.inRealTime(seed) : Lab.withManualTime(seed);
    }

    @Override
    public void afterEach(ExtensionContext context) {
        var lab = context.getStore(SPACE).remove(context.getUniqueId(), Lab.class);
        if (lab == null) {
            return;
        }
        var failure = context.getExecutionException();
        if (failure.isEmpty()) {
            lab.close();
        } else {
            failure.get().addSuppressed(new Evidence(lab.report()));
            closeAfter(failure.get(), lab);
        }
    }

    /// A test that has failed already is not to fail of something else.
    private static void closeAfter(Throwable failure, Lab lab) {
        try {
            lab.close();
        } catch (AssertionError leak) {
            failure.addSuppressed(leak);
        }
    }
}
