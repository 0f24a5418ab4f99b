package io.macula.runtime.state;

import io.macula.actors.state.StateKeeper.Found;
import io.macula.actors.state.StateStore;
import io.macula.crdt.replicator.Durable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.rocksdb.NativeLibraryLoader;
import org.rocksdb.RocksDBException;

/// Keeps state in RocksDB. What cannot be read is moved aside as a whole (`NAME.damaged-MILLIS`
/// beside it), and a new database is begun: the peers have what was in it.
public final class RocksStateStore implements StateStore {

    private final Path folder;
    private final InstantSource clock;
    private @Nullable RocksFiles files;
    private @Nullable ReservedMark mark;
    private ReservedMark.@Nullable Mark reservedNext;

    /// @param folder made when it is not there; its parent has to be
    public RocksStateStore(Path folder, InstantSource clock) {
        this.folder = folder;
        this.clock = clock;
    }

    @Override
    public Found load() {
        try {
            prepare();
            return read(open());
        } catch (DamagedException damage) {
            return setAside(damage.getMessage());
        } catch (RocksDBException e) {
            return isOfDisk(e)
                    ? new Found.Failed(folder + " cannot be opened: " + e.getMessage())
                    : setAside(String.valueOf(e.getMessage()));
        } catch (IOException e) {
            return new Found.Failed(folder + " cannot be used: " + e.getMessage());
        } catch (LinkageError e) {
            return new Found.Failed("RocksDB does not run on this machine (" + e.getMessage()
                    + "); start with macula.state.durability=memory");
        }
    }

    private void prepare() throws IOException {
        Files.createDirectories(folder);
        // Into our own folder, where a library left behind by a crash is overwritten.
        NativeLibraryLoader.getInstance().loadLibrary(folder.toString());
    }

    private RocksFiles open() throws RocksDBException, IOException {
        var opened = files;
        if (opened == null) {
            opened = RocksFiles.open(folder.resolve("db"));
            files = opened;
            mark = new ReservedMark(folder.resolve("reserved"));
        }
        return opened;
    }

    private Found read(RocksFiles opened) throws RocksDBException, DamagedException {
        var image = new StoredImage(opened).read();
        var reserved = mark == null ? Optional.<ReservedMark.Mark>empty() : mark.last();
        if (image.isEmpty() && reserved.isPresent()) {
            throw new DamagedException("the database is empty and was not");
        }
        if (image.isPresent()) {
            var meta = image.get().meta();
            if (reserved.filter(safe -> safe.isPast(meta.self(), meta.reservedTo())).isPresent()) {
                throw new DamagedException("the last safe write is missing");
            }
        }
        return image.<Found>map(Found.Image::new).orElseGet(Found.Blank::new);
    }

    /// Whether the disk is at fault, or somebody who has the files open, and not their content.
    private static boolean isOfDisk(RocksDBException e) {
        var status = e.getStatus();
        if (status == null) {
            return false;
        }
        return switch (status.getCode()) {
            case IOError -> status.getState() == null
                    || status.getState().contains("lock")
                    || status.getState().contains("No space");
            case Busy, TimedOut, Aborted -> true;
            default -> false;
        };
    }

    private Found setAside(String what) {
        closeFiles();
        var name = folder.getFileName() + ".damaged-" + clock.millis();
        var aside = folder.resolveSibling(name);
        try {
            Files.move(folder, aside);
            prepare();
            open();
            return new Found.Damaged(what + " (moved to " + aside + ")");
        } catch (IOException | RocksDBException e) {
            return new Found.Failed(folder + " is damaged (" + what
                    + ") and cannot be replaced: " + e.getMessage());
        }
    }

    @Override
    public void write(List<Durable.Write> writes) throws StateStoreException {
        try {
            var meta = writes.getLast().meta();
            var reserved = new ReservedMark.Mark(meta.self(), meta.reservedTo());
            var isLess = mark().last().filter(safe -> safe.isPast(meta.self(), meta.reservedTo()));
            if (isLess.isPresent()) {
                mark().write(reserved); // first, so that it never says more than the database
            }
            opened().write(writes);
            reservedNext = reserved;
        } catch (RocksDBException | IOException e) {
            throw new StateStoreException(folder + " cannot be written: " + e.getMessage());
        }
    }

    @Override
    public void sync() throws StateStoreException {
        try {
            opened().sync();
            if (reservedNext != null) {
                mark().write(reservedNext);
            }
        } catch (RocksDBException | IOException e) {
            throw new StateStoreException(folder + " cannot be written: " + e.getMessage());
        }
    }

    @Override
    public void snapshot(Path to) throws StateStoreException {
        try {
            opened().checkpoint(to);
        } catch (RocksDBException | IOException e) {
            throw new StateStoreException("the snapshot " + to + " cannot be written: "
                    + e.getMessage());
        }
    }

    private ReservedMark mark() throws StateStoreException {
        if (mark == null) {
            throw new StateStoreException(folder + " is not open");
        }
        return mark;
    }

    private RocksFiles opened() throws StateStoreException {
        if (files == null) {
            throw new StateStoreException(folder + " is not open");
        }
        return files;
    }

    @Override
    public void close() {
        closeFiles();
    }

    private void closeFiles() {
        var opened = files;
        files = null;
        if (opened != null) {
            opened.close();
        }
    }
}
