package io.macula.supervision;

/// The typed name of a child: all that a spec, a sibling, a test and an observer share about it.
/// `T` is the type of its messages; `id` is unique among the children of one supervisor; it holds no `/`, which separates a path.
@SuppressWarnings("UnusedTypeParameter") // it carries the type from spec to ref
public record Key<T>(String id) {

    public Key {
        if (id.isBlank() || id.indexOf('/') >= 0) {
            throw new IllegalArgumentException(
                    "a child id is not blank and has no '/': '" + id + "'");
        }
    }

    public static <T> Key<T> of(String id) {
        return new Key<>(id);
    }
}
