package io.macula.it.linear;

/// Who is told what clients see. Times are of [System#nanoTime()], which on Linux and macOS is one clock for all processes.
interface Witness {

    void register(String key, Call<RegisterModel.Operation> call);

    void lock(String name, Call<LockModel.Operation> call);

    void passage(Passages.Passage passage);

    /// A client does not know whether it passed.
    void passageUnknown();

    /// Something that happened beside the calls: to a voter, or to a client's session.
    void note(long nanos, String what);

    /// An answer that says nothing of what is checked, such as that a lock was somebody else's all the time.
    ///
    /// @param kind the answer's name
    void aside(long nanos, String kind, String what);

    /// A client writes to what a lock guards, under the fence it believes in.
    void writes(String lock, long fence);
}
