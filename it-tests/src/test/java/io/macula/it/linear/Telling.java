package io.macula.it.linear;

import java.io.PrintStream;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// A witness in another process: tells what it is told, a line each, and reads such lines back. Fields are separated by tabs.
record Telling(PrintStream out) implements Witness {

    private enum Kind {
        REGISTER, LOCK, PASSAGE, PASSAGE_UNKNOWN, NOTE, ASIDE, WRITES
    }

    private void tell(Kind kind, Object... fields) {
        out.println(Stream.concat(Stream.of(kind), Arrays.stream(fields))
                .map(String::valueOf)
                .collect(Collectors.joining("\t")));
    }

    @Override
    public void register(String key, Call<RegisterModel.Operation> call) {
        tell(Kind.REGISTER, key, call.invoked(), call.returned(), text(call.operation()));
    }

    @Override
    public void lock(String name, Call<LockModel.Operation> call) {
        tell(Kind.LOCK, name, call.invoked(), call.returned(), text(call.operation()));
    }

    @Override
    public void passage(Passages.Passage passage) {
        tell(Kind.PASSAGE, passage.generation(), passage.invoked(), passage.returned());
    }

    @Override
    public void passageUnknown() {
        tell(Kind.PASSAGE_UNKNOWN);
    }

    @Override
    public void note(long nanos, String what) {
        tell(Kind.NOTE, nanos, what);
    }

    @Override
    public void aside(long nanos, String kind, String what) {
        tell(Kind.ASIDE, nanos, kind, what);
    }

    @Override
    public void writes(String lock, long fence) {
        tell(Kind.WRITES, lock, fence);
    }

    /// Tells `witness` what a line says.
    static void read(String line, Witness witness) {
        var fields = line.split("\t", -1);
        switch (Kind.valueOf(fields[0])) {
            case REGISTER -> witness.register(fields[1],
                    new Call<>(operation(RegisterModel.Operation.class, fields), number(fields, 2),
                            number(fields, 3)));
            case LOCK -> witness.lock(fields[1],
                    new Call<>(operation(LockModel.Operation.class, fields), number(fields, 2),
                            number(fields, 3)));
            case PASSAGE -> witness.passage(new Passages.Passage(number(fields, 1),
                    number(fields, 2), number(fields, 3)));
            case PASSAGE_UNKNOWN -> witness.passageUnknown();
            case NOTE -> witness.note(number(fields, 1), fields[2]);
            case ASIDE -> witness.aside(number(fields, 1), fields[2], fields[3]);
            case WRITES -> witness.writes(fields[1], number(fields, 2));
        }
    }

    private static long number(String[] fields, int at) {
        return Long.parseLong(fields[at]);
    }

    /// A record as its name and its components.
    private static String text(Object operation) {
        var parts = Arrays.stream(operation.getClass().getRecordComponents())
                .map(component -> value(component, operation));
        return Stream.concat(Stream.of(operation.getClass().getSimpleName()), parts)
                .collect(Collectors.joining("\t"));
    }

    private static String value(RecordComponent component, Object of) {
        try {
            return String.valueOf(component.getAccessor().invoke(of));
        } catch (IllegalAccessException | InvocationTargetException broken) {
            throw new AssertionError("cannot read " + component, broken);
        }
    }

    private static <O> O operation(Class<O> operations, String[] fields) {
        var type = Arrays.stream(operations.getPermittedSubclasses())
                .filter(known -> known.getSimpleName().equals(fields[4]))
                .findFirst()
                .orElseThrow();
        var types = Arrays.stream(type.getRecordComponents())
                .map(RecordComponent::getType)
                .toArray(Class<?>[]::new);
        var values = new Object[types.length];
        for (int i = 0; i < types.length; i++) {
            values[i] = types[i] == long.class ? number(fields, 5 + i) : fields[5 + i];
        }
        try {
            return operations.cast(type.getDeclaredConstructor(types).newInstance(values));
        } catch (ReflectiveOperationException broken) {
            throw new AssertionError("cannot make a " + type, broken);
        }
    }
}
