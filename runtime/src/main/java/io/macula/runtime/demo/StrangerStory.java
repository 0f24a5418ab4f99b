package io.macula.runtime.demo;

import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// A process of another realm knocks and is told why it may not come in.
final class StrangerStory {

    private static final int NOT_AUTHORISED = 4;
    private static final int LIMIT_SECONDS = 18;

    private final Stage stage;
    private final Children children;
    private final String gateway;

    StrangerStory(Stage stage, Children children, String gateway) {
        this.stage = stage;
        this.children = children;
        this.gateway = gateway;
    }

    String play() {
        var process = children.run("stranger", List.of("pub", "sensor.temp", "0", "--gateway",
                gateway, "--realm", "elsewhere"));
        stage.tell("a stranger of the realm 'elsewhere' knocks as process " + process.pid());
        try {
            if (!process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)) {
                throw new StepFailedException("the stranger got no answer");
            }
            return verdict(process.exitValue());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StepFailedException("interrupted");
        } finally {
            process.destroyForcibly();
        }
    }

    private String verdict(int exitCode) {
        var said = lastLine();
        if (exitCode != NOT_AUTHORISED) {
            throw new StepFailedException("the stranger ended with exit code " + exitCode + ": "
                    + said);
        }
        return "exit code 4, \"" + said.replaceFirst("^macula: ", "") + "\"";
    }

    private String lastLine() {
        try {
            var lines = Files.readAllLines(children.log("stranger"));
            return lines.isEmpty() ? "" : lines.getLast();
        } catch (IOException e) {
            return "";
        }
    }
}
