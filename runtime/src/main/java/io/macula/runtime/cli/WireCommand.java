package io.macula.runtime.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// Reads and writes single frames of the protocol.
@Command(name = "wire", header = "Read and write frames of the protocol.", synopsisSubcommandLabel = "COMMAND", subcommands = {
    WireCommand.Decode.class, WireCommand.Encode.class})
final class WireCommand {

    /// Shows what a frame says.
    @Command(name = "decode", header = "Show what a frame says.", description = "Byte strings that are not readable text are shown as hex:...")
    static final class Decode implements Callable<Integer> {

        private final Console console;

        @Option(names = "--json", description = "Print one JSON object: type, id, fields.") boolean json;

        @Parameters(paramLabel = "HEX", description = "header and payload in hexadecimal digits") String hex = "";

        Decode(Console console) {
            this.console = console;
        }

        @Override
        public Integer call() {
            return new FrameTool(console).decode(hex, json);
        }
    }

    /// Prints the frame for a type and its fields.
    @Command(name = "encode", header = "Print the frame of TYPE with these fields in hexadecimal.", description = "Byte strings may be given as text or as hex:...")
    static final class Encode implements Callable<Integer> {

        private final Console console;

        @Parameters(index = "0", paramLabel = "TYPE", description = "for example ping") String type = "";

        @Parameters(index = "1", paramLabel = "JSON", description = "the fields, for example '{\"timestamp\":1}'") String fields = "";

        Encode(Console console) {
            this.console = console;
        }

        @Override
        public Integer call() {
            return new FrameTool(console).encode(type, fields);
        }
    }
}
