package io.macula.actors.wire;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/// Draws messages of every type from a seed. Whatever a record's components are, it has one: a
/// new message type is covered the day it is added.
final class RandomMessages {

    private static final List<Class<?>> RECORDS = List.of(Message.class.getPermittedSubclasses());
    private static final List<MessageType> OPAQUE = List.of(MessageType.SWIM_PING,
            MessageType.SWIM_ACK, MessageType.SWIM_PING_REQ, MessageType.PUNCH_EXECUTE);

    private final Random random;
    private final boolean complete;

    RandomMessages(long seed) {
        this(seed, false);
    }

    private RandomMessages(long seed, boolean complete) {
        this.random = new Random(seed);
        this.complete = complete;
    }

    /// Draws messages from which nothing is absent.
    static RandomMessages complete(long seed) {
        return new RandomMessages(seed, true);
    }

    static List<Class<?>> records() {
        return RECORDS;
    }

    Message any() {
        return any(RECORDS.get(random.nextInt(RECORDS.size())));
    }

    Message any(Class<?> type) {
        return (Message) record(type);
    }

    private Object record(Class<?> type) {
        var components = type.getRecordComponents();
        var types = Arrays.stream(components)
                .map(RecordComponent::getType)
                .toArray(Class<?>[]::new);
        var values = Arrays.stream(components).map(this::component).toArray();
        try {
            return type.getDeclaredConstructor(types).newInstance(values);
        } catch (InstantiationException | IllegalAccessException | NoSuchMethodException
                | InvocationTargetException broken) {
            throw new AssertionError("cannot make a " + type, broken);
        }
    }

    private @Nullable Object component(RecordComponent component) {
        var mayBeAbsent = component.getAnnotatedType().isAnnotationPresent(Nullable.class);
        if (mayBeAbsent && !complete && random.nextBoolean()) {
            return null;
        }
        if (component.getName().endsWith("Port")) {
            return random.nextInt(65_536);
        }
        return value(component.getGenericType());
    }

    private Object value(Type type) {
        if (type instanceof ParameterizedType list) {
            return list(list.getActualTypeArguments()[0]);
        }
        return switch (((Class<?>) type).getSimpleName()) {
            case "Bytes" -> bytes();
            case "String" -> text();
            case "long", "Long" -> number();
            case "int" -> random.nextInt(Integer.MAX_VALUE);
            case "Integer" -> random.nextInt(Integer.MAX_VALUE);
            case "boolean", "Boolean" -> random.nextBoolean();
            case "Value" -> value(0);
            case "Map" -> map(0);
            case "MessageType" -> OPAQUE.get(random.nextInt(OPAQUE.size()));
            case "Identity" -> complete
                    ? new Identity(bytes(), bytes(), bytes(), bytes(), 1000)
                    : new Identity(bytes(), null, bytes(), null, random.nextInt(60_000));
            case "Failure" -> new Reply.Failure(text(), random.nextBoolean() ? text() : null);
            case "Publish" -> record(Publish.class);
            default -> throw new AssertionError("no generator for " + type);
        };
    }

    private List<Object> list(Type element) {
        var list = new ArrayList<Object>();
        for (var i = random.nextInt(20); i > 0; i--) {
            list.add(value(element));
        }
        return list;
    }

    /// Numbers of every width, either sign.
    private long number() {
        return random.nextLong() >> random.nextInt(64);
    }

    private Bytes bytes() {
        var bytes = new byte[random.nextInt(65)];
        random.nextBytes(bytes);
        return Bytes.of(bytes);
    }

    private String text() {
        var text = new StringBuilder();
        for (var i = random.nextInt(random.nextInt(4) == 0 ? 300 : 30); i > 0; i--) {
            var codePoint = random.nextInt(4) > 0 ? random.nextInt(128) : random.nextInt(0x110000);
            if (Character.getType(codePoint) != Character.SURROGATE) {
                text.appendCodePoint(codePoint);
            }
        }
        return text.toString();
    }

    /// Any value; a `str` only inside of others, because a few fields read it as a list.
    private Value value(int depth) {
        return switch (random.nextInt(depth < 4 ? 8 : 6)) {
            case 0 -> Value.Nil.NIL;
            case 1 -> new Value.Bool(random.nextBoolean());
            case 2 -> new Value.Int(number());
            case 3 -> new Value.Float(random.nextGaussian());
            case 4 -> new Value.Binary(bytes());
            case 5 -> depth == 0 ? new Value.Binary(bytes()) : new Value.Text(text());
            case 6 -> array(depth);
            default -> map(depth);
        };
    }

    private Value array(int depth) {
        var elements = new ArrayList<Value>();
        for (var i = random.nextInt(20 >> depth * 2 | 4); i > 0; i--) {
            elements.add(value(depth + 1));
        }
        return new Value.Array(elements);
    }

    private Value.Map map(int depth) {
        var entries = new LinkedHashMap<Bytes, Value>();
        for (var i = random.nextInt(20 >> depth * 2 | 4); i > 0; i--) {
            entries.put(bytes(), value(depth + 1));
        }
        return new Value.Map(entries);
    }
}
