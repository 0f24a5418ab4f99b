package io.macula.runtime.workload;

import io.macula.app.workload.Workload;
import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.regex.Pattern;

/// A workload's object with the class loader it lives in. Closing it gives the loader back; the code is gone
/// once nothing of it runs.
///
/// @param loader
///            of the workload's own code
record LoadedWorkload(Workload workload, URLClassLoader loader) implements AutoCloseable {

    /// What became of loading.
    sealed interface Result {

        record Ready(LoadedWorkload loaded) implements Result {}

        /// One sentence: what, why, what to do.
        record Failed(String message) implements Result {}
    }

    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9-]{0,63}");
    private static final Pattern VERSION = Pattern.compile("[A-Za-z0-9.+-]{1,64}");

    /// The name of the node's own tree.
    private static final String TAKEN = "macula";

    private static final String SERVICE = "META-INF/services/" + Workload.class.getName();

    static Result load(WorkloadSource source, ClassLoader node) {
        return switch (source) {
            case WorkloadSource.Jar jar -> jar(jar, node);
            case WorkloadSource.OnClassPath(var className) -> onClassPath(className, node);
        };
    }

    private static Result jar(WorkloadSource.Jar jar, ClassLoader node) {
        if (!Files.isRegularFile(jar.file())) {
            return new Result.Failed("there is no file " + jar.file());
        }
        URL url;
        try {
            url = jar.file().toUri().toURL();
        } catch (MalformedURLException e) {
            return new Result.Failed(jar.file() + " is not the name of a file");
        }
        var loader = new URLClassLoader("workload", new URL[]{url}, new WorkloadClasses(node));
        return loaded(loader, () -> theOne(jar, loader));
    }

    private static Workload theOne(WorkloadSource.Jar jar, URLClassLoader loader)
            throws NoWorkloadException {
        if (loader.findResource(SERVICE) == null) {
            throw new NoWorkloadException(jar.file() + " holds no workload: it has no " + SERVICE
                    + " that names a class");
        }
        List<Workload> found = new ArrayList<>();
        ServiceLoader.load(Workload.class, loader).forEach(found::add);
        if (found.size() != 1) {
            throw new NoWorkloadException(jar.file() + " names " + found.size()
                    + " workloads in " + SERVICE + "; name one");
        }
        return found.getFirst();
    }

    private static Result onClassPath(String className, ClassLoader node) {
        var loader = new URLClassLoader("workload", new URL[0], node);
        return loaded(loader, () -> {
            var type = Class.forName(className, true, loader);
            if (!Workload.class.isAssignableFrom(type)) {
                throw new NoWorkloadException(className + " does not implement "
                        + Workload.class.getName());
            }
            return (Workload) type.getConstructor().newInstance();
        });
    }

    @FunctionalInterface
    private interface Making {
        Workload make() throws NoWorkloadException, ReflectiveOperationException;
    }

    private static final class NoWorkloadException extends Exception {

        private static final long serialVersionUID = 1L;

        NoWorkloadException(String why) {
            super(why, null, false, false);
        }
    }

    private static Result loaded(URLClassLoader loader, Making making) {
        String why;
        try {
            var workload = making.make();
            var complaint = complaint(workload);
            if (complaint.isEmpty()) {
                return new Result.Ready(new LoadedWorkload(workload, loader));
            }
            why = complaint.get();
        } catch (NoWorkloadException e) {
            why = String.valueOf(e.getMessage());
        } catch (ClassNotFoundException e) {
            why = "there is no class " + e.getMessage() + " on the node's class path; give a jar";
        } catch (NoSuchMethodException e) {
            why = "the workload's class needs a public constructor without parameters: "
                    + e.getMessage();
        } catch (ServiceConfigurationError | ReflectiveOperationException | LinkageError
                | RuntimeException e) {
            why = "the workload's class cannot be made: " + (e.getCause() == null
                    ? e
                    : e.getCause());
        }
        close(loader);
        return new Result.Failed(why);
    }

    /// What is wrong with what it says of itself.
    private static Optional<String> complaint(Workload workload) {
        var name = workload.name();
        if (!NAME.matcher(name).matches() || name.equals(TAKEN)) {
            return Optional.of("a workload's name has 1 to 64 lower-case letters, digits and '-',"
                    + " a letter first, and is not '" + TAKEN + "'; this one says '" + name + "'");
        }
        return VERSION.matcher(workload.version()).matches()
                ? Optional.empty()
                : Optional.of("a workload's version has 1 to 64 letters, digits, '.', '-' and '+';"
                        + " " + name + " says '" + workload.version() + "'");
    }

    private static void close(URLClassLoader loader) {
        try {
            loader.close();
        } catch (IOException e) {
            // a jar that cannot be closed is given back when nothing refers to it any more
        }
    }

    @Override
    public void close() {
        close(loader);
    }
}
