package io.macula.runtime.global;

import io.macula.actors.services.RegistryNames;
import io.macula.app.coordination.Fence;
import io.macula.crdt.Bytes;
import io.macula.crdt.Crdt;
import io.macula.crdt.Edit;
import io.macula.crdt.LwwMap;
import io.macula.crdt.LwwRegister;
import io.macula.crdt.OrMap;
import io.macula.crdt.OrSet;
import io.macula.crdt.PnCounter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// Where the state of one global service, or what is written under one guard, lies in shared state, and how it
/// passes from one leader to the next. Pure.
///
/// Every leader writes into a *branch* of its own, named by its fence. The set [#begun] says which
/// branches count, and of those only the one with the greatest fence does. So a write under an older
/// fence, whenever and wherever it arrives, changes nothing that anybody sees, and all
/// nodes agree on that without asking each other. A new leader first copies the branch that counts,
/// then begins its own and drops those before it.
///
/// A service without fences has one branch for all, in which the states of two sides merge.
final class Branches {

    /// The branch of a service that has no fences.
    static final String COMMON = "+";

    /// Names longer than this would not leave room for those of values.
    static final int SERVICE_BYTES_MAX = 256;

    private static final String SERVICES = RegistryNames.PREFIX + "global/";
    private static final String GUARDS = RegistryNames.PREFIX + "guarded/";

    private final String begun;

    private Branches(String begun) {
        this.begun = begun;
    }

    static Branches ofService(String name) {
        return new Branches(SERVICES + name);
    }

    /// Of values that workloads write under fences.
    static Branches ofGuard(String name) {
        return new Branches(GUARDS + name);
    }

    /// The name of the set of branches that were begun.
    String begun() {
        return begun;
    }

    static String branch(Fence fence) {
        return String.format("%016x", fence.value());
    }

    static Fence fence(String branch) {
        return new Fence(Long.parseLong(branch, 16));
    }

    /// With what the names of the values in a branch begin.
    String prefix(String branch) {
        return begun + "/" + branch + "/";
    }

    /// The branch that counts; empty when the service never ran.
    Optional<String> counting(OrMap root) {
        return root.set(begun)
                .elements()
                .stream()
                .map(Bytes::text)
                .max(Comparator.naturalOrder());
    }

    /// An edit that changes nothing, and fails unless `branch` counts, so that what comes together with
    /// it is done under the fence that counts or not at all.
    Edit guard(String branch) {
        return (root, _) -> {
            if (!counting(root).equals(Optional.of(branch))) {
                throw new OutdatedException();
            }
            return root.set(begun).remove(NO_BRANCH);
        };
    }

    private static final String NO_BRANCH = "";

    /// Another branch counts than the writer's.
    static final class OutdatedException extends RuntimeException {

        private static final long serialVersionUID = 1L;

        OutdatedException() {
            super("a newer leader has begun", null, false, false);
        }
    }

    /// Says that `branch` counts from now on, in place of those before it.
    List<Edit> begin(OrMap root, String branch) {
        var edits = new ArrayList<Edit>();
        edits.add((now, tick) -> {
            if (counting(now).filter(counts -> counts.compareTo(branch) > 0).isPresent()) {
                throw new OutdatedException();
            }
            return now.set(begun).add(tick.dot(), branch);
        });
        root.set(begun)
                .elements()
                .stream()
                .map(Bytes::text)
                .filter(other -> other.compareTo(branch) < 0)
                .forEach(other -> edits.add((now, _) -> now.set(begun).remove(other)));
        return edits;
    }

    /// What copies the values of one branch into another, which is empty.
    List<Edit> copy(OrMap root, String from, String to) {
        var edits = new ArrayList<Edit>();
        var source = prefix(from);
        for (var name : names(root, source)) {
            var target = prefix(to) + name.text().substring(source.length());
            for (var type : root.types(name)) {
                copy(root.get(name, type), target, edits);
            }
        }
        return edits;
    }

    private static void copy(Crdt<?> value, String target, List<Edit> edits) {
        switch (value) {
            case OrSet set -> set.elements()
                    .forEach(element -> edits
                            .add((root, tick) -> root.set(target).add(tick.dot(), element)));
            case LwwMap fields -> fields.asMap()
                    .forEach((field, content) -> edits.add((root, tick) -> root.lwwMap(target)
                            .put(tick.dot(), tick.stamp(), field, content)));
            case PnCounter counter when counter.value() > 0 -> edits.add((root, tick) -> root
                    .counter(target)
                    .increment(tick.dot(), counter.value()));
            case PnCounter counter when counter.value() < 0 -> edits.add((root, tick) -> root
                    .counter(target)
                    .decrement(tick.dot(), Math.negateExact(counter.value())));
            case LwwRegister text -> text.value()
                    .ifPresent(content -> edits.add((root, tick) -> root.register(target)
                            .assign(tick.dot(), tick.stamp(), content)));
            case Crdt<?> _ -> {
                // a counter at zero; nothing else is ever written to a branch
            }
        }
    }

    /// What empties a branch, into which an earlier attempt may have copied a part.
    List<Edit> clear(OrMap root, String branch) {
        return names(root, prefix(branch)).stream()
                .<Edit>map(name -> (now, _) -> now.remove(name))
                .toList();
    }

    /// What drops the values of all branches older than `branch`, also those that came late.
    List<Edit> dropBefore(OrMap root, String branch) {
        var edits = new ArrayList<Edit>();
        for (var name : names(root, begun + "/")) {
            var text = name.text();
            var of = text.substring(begun.length() + 1, text.indexOf('/', begun.length() + 1));
            if (of.compareTo(branch) < 0) {
                edits.add((now, _) -> now.remove(name));
            }
        }
        return edits;
    }

    private static List<Bytes> names(OrMap root, String prefix) {
        var wanted = Bytes.utf8(prefix);
        return root.names().stream().filter(name -> name.startsWith(wanted)).toList();
    }
}
