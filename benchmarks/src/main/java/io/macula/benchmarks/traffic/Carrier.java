package io.macula.benchmarks.traffic;

import java.util.function.Consumer;

/// One end of what carries messages. A process hears or speaks, never both. Everything is told by
/// callbacks: nobody waits on a thread for an answer.
interface Carrier extends AutoCloseable {

    /// Sends something back to the speaker.
    interface Answering {
        void answer(byte[] note);
    }

    /// Takes what comes to one subscriber, one message at a time.
    interface Hearing {
        void heard(int subscriber, byte[] note, Answering answering);
    }

    /// Begins to hear; returns the address that a speaker needs, or nothing.
    String hear(Hearing hearing) throws Exception;

    /// Begins to speak.
    ///
    /// @param answers takes what subscribers send back, but for the answers to calls
    void speak(Consumer<byte[]> answers) throws Exception;

    /// Whether messages take the way by now that is to be measured.
    default boolean isSettled() {
        return true;
    }

    /// Sends a message to all subscribers; false when there is no room just now.
    boolean publish(byte[] note);

    /// Calls the first subscriber, which sends the note back; one of both is run, once.
    void call(byte[] note, Runnable answered, Runnable failed);

    /// Ends what was begun; a process that ends anyway need not.
    @Override
    default void close() {}
}
