package io.macula.app.global;

import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// What a [GlobalService] remembers beyond one instance: named values that merge. A handler sees its own
/// changes at once; others see them when the request is answered.
///
/// A name and a kind of value together are the address. **Limits:** an element or key has at most
/// 4 KiB, a text 64 KiB, a name 128 bytes; a request makes at most 120 changes. A change that breaks a
/// limit fails its request and changes nothing.
///
/// Only for the thread that runs the handler, and only while it runs.
public interface GlobalState {

    /// A set of texts. An addition wins over a concurrent removal.
    Texts set(String name);

    /// Texts by key. Of concurrent writes to a key the last one wins.
    Fields fields(String name);

    /// A number that goes up and down.
    Count counter(String name);

    /// One text. Of concurrent writes the last one wins.
    Text text(String name);

    /// A set of texts.
    interface Texts {

        /// What is in it, in the order of the texts; a copy.
        Set<String> elements();

        boolean contains(String element);

        /// False when it was there already.
        boolean add(String element);

        /// False when it was not there.
        boolean remove(String element);
    }

    /// Texts by key.
    interface Fields {

        /// What is in it, in the order of the keys; a copy.
        Map<String, String> entries();

        Optional<String> get(String key);

        void put(String key, String value);

        /// False when it was not there.
        boolean remove(String key);
    }

    /// A number that goes up and down.
    interface Count {

        long value();

        void add(long amount);
    }

    /// One text.
    interface Text {

        Optional<String> value();

        void set(String value);
    }
}
