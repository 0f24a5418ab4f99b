package io.macula.crdt.wire;

import io.macula.crdt.Crdt;
import io.macula.crdt.Entry;
import io.macula.crdt.Path;
import io.macula.crdt.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// One value, or a delta, as bytes: `[version, type, replicas, context, entries]`. Equal values have
/// equal bytes.
public final class ValueCodec {

    /// The first item of every value; other versions are refused.
    public static final int VERSION = 1;

    private static final int ENTRIES_MAX = 4_000_000;

    private ValueCodec() {}

    /// The value as if it stood alone: where it stood in a map is not written.
    public static byte[] encode(Crdt<?> value) {
        var out = new Out();
        out.dots(value.context()).array(value.entries().size());
        var entries = new Entries.Writer(out);
        value.entries().forEach(entry -> entries.write(below(value.path(), entry)));
        var body = out.take();
        return out.array(5)
                .number(VERSION)
                .number(value.type().code())
                .table(out.replicas())
                .written(body)
                .take();
    }

    private static Entry below(Path prefix, Entry entry) {
        if (prefix.depth() == 0) {
            return entry;
        }
        var steps = entry.path().steps();
        var path = new Path(steps.subList(prefix.depth(), steps.size()));
        return Entry.of(entry.dot(), path, entry.slot(), entry.leaf());
    }

    public static Decoded<Crdt<?>> decode(byte[] content) {
        return Decoded.of(() -> {
            var in = new In(content);
            in.arrayOf(5);
            in.number(VERSION, VERSION);
            var type = Entries.readType(in);
            in.readTable();
            var context = in.dots();
            var entries = readEntries(in, type);
            in.end();
            return Crdt.of(type, entries, context)
                    .orElseThrow(() -> new Malformed("entries that do not fit together"));
        });
    }

    private static List<Entry> readEntries(In in, Type type) {
        var reader = new Entries.Reader(in,
                type == Type.OR_MAP ? Optional.empty() : Optional.of(type));
        int size = in.array(ENTRIES_MAX);
        var entries = new ArrayList<Entry>();
        for (int i = 0; i < size; i++) {
            entries.add(reader.read());
        }
        return entries;
    }
}
