package io.macula.actors.link.quic;

import java.util.concurrent.atomic.AtomicLong;

/// The bytes that the streams of a provider may queue beyond their own room, all together. So a stream may hold
/// what a far side does not take during a pause, and a thousand far sides that take nothing cannot fill the memory.
/// Safe to use from any thread.
public final class SendPool {

    /// What a stream may queue without asking.
    public static final int OWN_BYTES = 256 * 1024;

    /// What is lent at a time, so that streams seldom meet here.
    static final int PORTION_BYTES = 64 * 1024;

    private final long bytesMax;
    private final AtomicLong lentBytes = new AtomicLong();

    /// @param bytesMax lent at a time
    public SendPool(long bytesMax) {
        this.bytesMax = bytesMax;
    }

    /// Bytes that are lent just now.
    public long lentBytes() {
        return lentBytes.get();
    }

    private boolean lend(int bytes) {
        if (lentBytes.addAndGet(bytes) > bytesMax) {
            lentBytes.addAndGet(-bytes);
            return false;
        }
        return true;
    }

    private void takeBack(int bytes) {
        lentBytes.addAndGet(-bytes);
    }

    /// The room of one stream.
    ///
    /// @param boundBytes what it may queue at most
    public Room room(int boundBytes) {
        return new Room(boundBytes);
    }

    /// What one stream may queue: its own part, and what it has borrowed.
    public final class Room {

        private final int boundBytes;
        private volatile int roomBytes;
        private int borrowedBytes;
        private boolean ended;

        private Room(int boundBytes) {
            this.boundBytes = boundBytes;
            this.roomBytes = Math.min(OWN_BYTES, boundBytes);
        }

        /// Whether so many bytes may be queued; borrows for them when they must.
        public boolean holds(long queuedBytes) {
            return queuedBytes <= roomBytes || (queuedBytes <= boundBytes && borrow(queuedBytes));
        }

        private synchronized boolean borrow(long queuedBytes) {
            var missing = (int) Math.max(0, queuedBytes - roomBytes);
            var portions = Math.ceilDiv(missing, PORTION_BYTES) * PORTION_BYTES;
            if (ended || !lend(portions)) {
                return false;
            }
            borrowedBytes += portions;
            roomBytes += portions;
            return true;
        }

        /// Gives back what is borrowed once little is queued.
        public void drainedTo(long queuedBytes) {
            if (roomBytes > OWN_BYTES && queuedBytes <= OWN_BYTES / 2) {
                giveBack();
            }
        }

        private synchronized void giveBack() {
            takeBack(borrowedBytes);
            roomBytes -= borrowedBytes;
            borrowedBytes = 0;
        }

        /// The stream is over: gives everything back and borrows no more.
        public synchronized void end() {
            giveBack();
            ended = true;
        }
    }
}
