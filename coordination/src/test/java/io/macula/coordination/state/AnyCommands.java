package io.macula.coordination.state;

import io.macula.app.Payload;
import io.macula.app.coordination.Condition;
import io.macula.app.coordination.Fence;
import io.macula.app.coordination.Operation;
import io.macula.app.coordination.Transaction;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeSet;
import java.util.UUID;

/// Commands as five clients on a bad network send them: repeated, overtaking each other, given up, late; and
/// some that no client would send.
public final class AnyCommands {

    private final Random random;
    private final Map<SessionId, Long> numbers = new HashMap<>();
    private final Map<SessionId, TreeSet<Long>> open = new HashMap<>();
    private final List<Command> sent = new ArrayList<>();

    public AnyCommands(Random random) {
        this.random = random;
    }

    /// A command with the stamp of its leader.
    public record Stamped(Duration stamp, Command command) {}

    public List<Stamped> list(int size) {
        var list = new ArrayList<Stamped>();
        var now = Duration.ZERO;
        for (int i = 0; i < size; i++) {
            now = now.plusMillis(random.nextInt(4) == 0 ? random.nextInt(900) : random.nextInt(20));
            var stamp = random.nextInt(10) == 0 ? now.dividedBy(2) : now;
            list.add(new Stamped(Duration.ofMillis(stamp.toMillis()), next()));
        }
        return list;
    }

    public Command next() {
        if (!sent.isEmpty() && random.nextInt(4) == 0) {
            return sent.get(random.nextInt(sent.size()));
        }
        var command = switch (random.nextInt(12)) {
            case 0 -> new Command.Tick();
            case 1 -> new Command.Observe(claim());
            case 2, 3 -> open();
            default -> ask();
        };
        sent.add(command);
        return command;
    }

    private Command open() {
        var id = session();
        return new Command.Open(id, random.nextInt(20) == 0 ? "" : "owner" + id.value(),
                Duration.ofMillis(1_000 + random.nextInt(3) * 2_000L));
    }

    private Command.Ask ask() {
        var id = session();
        var still = open.computeIfAbsent(id, _ -> new TreeSet<>());
        long number = numbers.merge(id, 1L + (random.nextInt(10) == 0 ? 1 : 0), Long::sum);
        if (random.nextInt(8) != 0) {
            still.add(number);
        }
        if (!still.isEmpty() && random.nextInt(3) == 0) {
            still.pollFirst();
        }
        while (still.size() > 20) {
            still.pollFirst();
        }
        return new Command.Ask(id, number, still, request(number));
    }

    private Request request(long number) {
        return switch (random.nextInt(12)) {
            case 0 -> new Request.Renew();
            case 1 -> random.nextInt(5) == 0 ? new Request.Close() : new Request.Renew();
            case 2, 3, 4 -> new Request.Acquire(claim(), random.nextInt(4) != 0);
            case 5, 6 -> new Request.Release(claim(), 1 + random.nextInt(60));
            case 7 -> new Request.Enter(name(), random.nextInt(4));
            case 8 -> new Request.Withdraw(1 + random.nextLong(number));
            default -> new Request.Transact(transaction());
        };
    }

    public Transaction transaction() {
        var conditions = new ArrayList<Condition>();
        for (int i = random.nextInt(3); i > 0; i--) {
            conditions.add(condition());
        }
        return new Transaction(conditions, operations(), operations());
    }

    private Condition condition() {
        return switch (random.nextInt(5)) {
            case 0 -> new Condition.Absent(name());
            case 1 -> new Condition.RevisionIs(name(), random.nextInt(60));
            case 2 -> new Condition.ValueIs(name(), payload());
            case 3 -> new Condition.LockHeld(name(), new Fence(1 + random.nextInt(60)));
            default -> new Condition.Leads(name(), new Fence(1 + random.nextInt(60)));
        };
    }

    private List<Operation> operations() {
        var operations = new ArrayList<Operation>();
        for (int i = random.nextInt(4); i > 0; i--) {
            operations.add(switch (random.nextInt(3)) {
                case 0 -> new Operation.Get(name());
                case 1 -> new Operation.Put(name(), payload());
                default -> new Operation.Delete(name());
            });
        }
        return operations;
    }

    private Payload payload() {
        return Payload.of("value " + random.nextInt(4));
    }

    private Claim claim() {
        return random.nextBoolean() ? Claim.lock(name()) : Claim.election(name());
    }

    private String name() {
        return switch (random.nextInt(12)) {
            case 0 -> "";
            case 1 -> "größer-\uD83D\uDC0D";
            default -> "n" + random.nextInt(4);
        };
    }

    private SessionId session() {
        return new SessionId(new UUID(0, 1 + random.nextInt(5)));
    }
}
