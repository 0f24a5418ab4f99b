package io.macula.crdt.wire;

import io.macula.crdt.DotSet;

/// A set of dots as bytes: `[version, replicas, dots]`. Equal sets have equal bytes.
public final class DotsCodec {

    /// The first item; other versions are refused.
    public static final int VERSION = 1;

    private DotsCodec() {}

    public static byte[] encode(DotSet dots) {
        var out = new Out();
        out.dots(dots);
        var body = out.take();
        return out.array(3).number(VERSION).table(out.replicas()).written(body).take();
    }

    public static Decoded<DotSet> decode(byte[] content) {
        return Decoded.of(() -> {
            var in = new In(content);
            in.arrayOf(3);
            in.number(VERSION, VERSION);
            in.readTable();
            var dots = in.dots();
            in.end();
            return dots;
        });
    }
}
