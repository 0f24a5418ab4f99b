package io.macula.benchmarks.traffic;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// A process of a run: a gateway, the hearing or the speaking side. Says `! ready ADDRESS` on its
/// standard output; the speaking side then answers each measurement asked for on its standard input
/// with `= NAME=FIGURE ...`; the hearing and the speaking side answer `heap` too. A gateway says after its address where its console is. Ends with its standard input.
public final class TrafficProgram {

    private static final String HEAP = "heap";

    private TrafficProgram() {}

    /// @param arguments `gateway` and a contestant; `crowd`, an address and a heartbeat; `hear` and the words of a plan; or `speak`, the process ids whose
    ///     processor time counts, with commas between them, and the words of a plan
    public static void main(String[] arguments) {
        var out = System.out;
        System.setOut(System.err);
        var in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        var words = List.of(arguments);
        try {
            switch (words.getFirst()) {
                case "gateway" -> gateway(Contestant.valueOf(words.get(1)), in, out);
                case "hear" -> hear(Plan.of(words.subList(1, words.size())), in, out);
                case "speak" -> speak(words, in, out);
                case "crowd" -> crowd(CrowdProgram.of(words.get(1), words.get(2)), in, out);
                default -> throw new IllegalArgumentException(words.getFirst());
            }
        } catch (Exception e) {
            e.printStackTrace(); // goes to the log of the process
        }
        // Threads that a client left behind do not keep the process.
        Runtime.getRuntime().halt(0);
    }

    private static void gateway(Contestant contestant, BufferedReader in, PrintStream out)
            throws IOException {
        var node = MaculaCarrier.gateway(contestant);
        stay(MaculaCarrier.address(node) + " " + MaculaCarrier.console(node), in, out);
    }

    private static void hear(Plan plan, BufferedReader in, PrintStream out) throws Exception {
        var hearer = new Hearer(plan.subscribers());
        stay(plan.contestant().carrier(plan).hear(hearer), in, out);
    }

    private static void stay(String address, BufferedReader in, PrintStream out)
            throws IOException {
        say(out, "! ready " + address);
        for (var line = in.readLine(); line != null; line = in.readLine()) {
            if (line.equals(HEAP)) {
                say(out, "= " + text(heap()));
            }
        }
    }

    private static void speak(List<String> words, BufferedReader in, PrintStream out)
            throws Exception {
        var others = Arrays.stream(words.get(1).split(","))
                .filter(word -> !word.isEmpty())
                .map(Long::valueOf);
        var pids = Stream.concat(others, Stream.of(ProcessHandle.current().pid())).toList();
        var plan = Plan.of(words.subList(2, words.size()));
        var carrier = plan.contestant().carrier(plan);
        if (plan.isAlone()) {
            carrier.hear(new Hearer(plan.subscribers()));
        }
        var speaker = new Speaker(carrier, plan, new Cpu(pids));
        speaker.meet();
        say(out, "! ready -");
        for (var line = in.readLine(); line != null; line = in.readLine()) {
            say(out, "= " + text(measure(speaker, line.split(" "))));
        }
    }

    private static void crowd(CrowdProgram program, BufferedReader in, PrintStream out)
            throws Exception {
        say(out, "! ready -");
        for (var line = in.readLine(); line != null; line = in.readLine()) {
            say(out, "= " + program.answer(line.split(" ")));
        }
    }

    private static Map<String, Double> measure(Speaker speaker, String[] request)
            throws InterruptedException {
        return switch (request[0]) {
            case "throughput" -> speaker.throughput();
            case "timed" -> speaker.timed(Integer.parseInt(request[1]));
            case "calls" -> speaker.calls(Integer.parseInt(request[1]));
            case HEAP -> heap();
            default -> throw new IllegalArgumentException(request[0]);
        };
    }

    /// Megabytes that are in use after a full collection; the second one finds what cleaners let go after the first.
    private static Map<String, Double> heap() {
        var memory = ManagementFactory.getMemoryMXBean();
        memory.gc();
        memory.gc();
        return Map.of(HEAP, memory.getHeapMemoryUsage().getUsed() / (double) (1 << 20));
    }

    private static String text(Map<String, Double> figures) {
        return figures.entrySet()
                .stream()
                .map(figure -> figure.getKey() + "=" + figure.getValue())
                .collect(Collectors.joining(" "));
    }

    private static void say(PrintStream out, String line) {
        out.println(line);
        out.flush();
    }
}
