package io.macula.runtime.cli;

import java.lang.reflect.Constructor;
import java.util.Arrays;
import picocli.CommandLine;
import picocli.CommandLine.IFactory;

/// Makes a command when it is about to run, with the console it talks to and the way it gets
/// a node.
final class CommandFactory implements IFactory {

    private final Console console;
    private final NodeStarter starter;

    CommandFactory(Console console, NodeStarter starter) {
        this.console = console;
        this.starter = starter;
    }

    @Override
    public <K> K create(Class<K> type) throws Exception {
        for (Constructor<?> constructor : type.getDeclaredConstructors()) {
            var parameters = Arrays.asList(constructor.getParameterTypes());
            if (parameters.contains(Console.class)) {
                return type.cast(constructor.newInstance(parameters.stream()
                        .map(parameter -> parameter == Console.class ? console : starter)
                        .toArray()));
            }
        }
        return CommandLine.defaultFactory().create(type);
    }
}
