package io.macula.runtime.state;

import io.macula.crdt.DotRange;
import io.macula.crdt.replicator.Durable;
import io.macula.crdt.wire.StoredCodec;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.rocksdb.BlockBasedTableConfig;
import org.rocksdb.Checkpoint;
import org.rocksdb.ColumnFamilyDescriptor;
import org.rocksdb.ColumnFamilyHandle;
import org.rocksdb.ColumnFamilyOptions;
import org.rocksdb.CompressionType;
import org.rocksdb.DBOptions;
import org.rocksdb.InfoLogLevel;
import org.rocksdb.LRUCache;
import org.rocksdb.ReadOptions;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;
import org.rocksdb.WALRecoveryMode;
import org.rocksdb.WriteBatch;
import org.rocksdb.WriteOptions;

/// The open database: entries by dot, logged batches by their first dot, and one head. Memory is
/// bounded here: what is read often lies on the heap anyway.
final class RocksFiles implements AutoCloseable {

    private static final byte[] HEAD = "head".getBytes(StandardCharsets.UTF_8);
    private static final long CACHE_BYTES = 8 << 20;
    private static final long MEMTABLE_BYTES = 8 << 20;
    private static final long WAL_BYTES_MAX = 64 << 20;
    private static final long BATCH_BYTES_MAX = 1 << 20;

    /// Longer runs of dots are deleted as one range, which costs reading more than deleting does.
    private static final int SINGLE_DELETES_MAX = 64;

    private final List<AutoCloseable> natives = new ArrayList<>();
    private final List<ColumnFamilyHandle> families = new ArrayList<>();
    private final RocksDB db;
    private final WriteOptions unsynced = own(new WriteOptions());

    private RocksFiles(Path folder) throws RocksDBException {
        var cache = own(new LRUCache(CACHE_BYTES));
        var table = new BlockBasedTableConfig().setBlockCache(cache);
        var family = own(new ColumnFamilyOptions()).setTableFormatConfig(table)
                .setWriteBufferSize(MEMTABLE_BYTES)
                .setCompressionType(CompressionType.LZ4_COMPRESSION);
        var options = own(new DBOptions()).setCreateIfMissing(true)
                .setCreateMissingColumnFamilies(true)
                .setParanoidChecks(true)
                .setWalRecoveryMode(WALRecoveryMode.TolerateCorruptedTailRecords)
                .setMaxTotalWalSize(WAL_BYTES_MAX)
                .setInfoLogLevel(InfoLogLevel.WARN_LEVEL)
                .setKeepLogFileNum(2);
        var descriptors = List.of(new ColumnFamilyDescriptor(RocksDB.DEFAULT_COLUMN_FAMILY, family),
                new ColumnFamilyDescriptor("entries".getBytes(StandardCharsets.UTF_8), family),
                new ColumnFamilyDescriptor("log".getBytes(StandardCharsets.UTF_8), family));
        db = RocksDB.open(options, folder.toString(), descriptors, families);
    }

    /// Opens or makes the database.
    static RocksFiles open(Path folder) throws RocksDBException, IOException {
        Files.createDirectories(folder);
        return new RocksFiles(folder);
    }

    private <T extends AutoCloseable> T own(T nativeObject) {
        natives.add(nativeObject);
        return nativeObject;
    }

    private ColumnFamilyHandle heads() {
        return families.get(0);
    }

    private ColumnFamilyHandle entries() {
        return families.get(1);
    }

    private ColumnFamilyHandle log() {
        return families.get(2);
    }

    /// Takes one stored value.
    interface Reading {
        void value(byte[] content) throws DamagedException;
    }

    void readEntries(Reading reading) throws RocksDBException, DamagedException {
        read(entries(), reading);
    }

    void readLog(Reading reading) throws RocksDBException, DamagedException {
        read(log(), reading);
    }

    void readHead(Reading reading) throws RocksDBException, DamagedException {
        read(heads(), reading);
    }

    private void read(ColumnFamilyHandle family, Reading reading)
            throws RocksDBException, DamagedException {
        try (var options = new ReadOptions().setVerifyChecksums(true).setFillCache(false);
                RocksIterator each = db.newIterator(family, options)) {
            for (each.seekToFirst(); each.isValid(); each.next()) {
                reading.value(each.value());
            }
            each.status();
        }
    }

    /// Each write is whole or not at all: several share one atomic batch, which has the last head.
    void write(List<Durable.Write> writes) throws RocksDBException {
        try (var batch = new WriteBatch()) {
            for (int i = 0; i < writes.size(); i++) {
                fill(batch, writes.get(i));
                if (i == writes.size() - 1 || batch.getDataSize() > BATCH_BYTES_MAX) {
                    write(batch, writes.get(i).meta());
                    batch.clear();
                }
            }
        }
    }

    private void write(WriteBatch batch, Durable.Meta meta) throws RocksDBException {
        batch.put(heads(), HEAD, StoredCodec.encode(StoredImage.head(meta)));
        db.write(unsynced, batch);
    }

    private void fill(WriteBatch batch, Durable.Write write) throws RocksDBException {
        for (var dot : write.removed()) {
            batch.delete(entries(), StoredCodec.key(dot));
        }
        for (var entry : write.added()) {
            batch.put(entries(), StoredCodec.key(entry.dot()), StoredCodec.encode(entry));
        }
        for (var logged : write.logged()) {
            batch.put(log(), StoredCodec.key(logged.first()), StoredCodec.encode(logged));
        }
        for (var range : write.unlogged().ranges()) {
            unlog(batch, range);
        }
    }

    /// Some of the dots begin a batch.
    private void unlog(WriteBatch batch, DotRange range) throws RocksDBException {
        var replica = range.replica();
        if (range.length() > SINGLE_DELETES_MAX) {
            batch.deleteRange(log(), StoredCodec.key(replica.dot(range.from())),
                    StoredCodec.key(replica.dot(range.to() + 1)));
            return;
        }
        for (long n = range.from(); n <= range.to(); n++) {
            batch.delete(log(), StoredCodec.key(replica.dot(n)));
        }
    }

    void sync() throws RocksDBException {
        db.syncWal();
    }

    /// A copy that shares files with this one where the disk allows it.
    void checkpoint(Path to) throws RocksDBException, IOException {
        if (Files.exists(to)) {
            throw new IOException("it is there already");
        }
        sync();
        try (var checkpoint = Checkpoint.create(db)) {
            checkpoint.createCheckpoint(to.toString());
        }
    }

    @Override
    public void close() {
        families.forEach(ColumnFamilyHandle::close);
        db.close();
        for (var each : natives.reversed()) {
            ((org.rocksdb.AbstractNativeReference) each).close();
        }
    }
}
