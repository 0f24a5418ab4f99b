package io.macula.actors.wire;

/// Bounds that hold before anything is allocated for what a peer sends.
///
/// @param payloadBytesMax
///            longest payload of a frame, without its header
/// @param depthMax
///            how deep arrays and maps may nest, the payload's own map included
/// @param elementsMax
///            array elements and map entries in one frame, all levels together
public record WireLimits(int payloadBytesMax, int depthMax, int elementsMax) {

    /// No configuration may go beyond this payload length: 16 MiB.
    public static final int PAYLOAD_BYTES_HARD_MAX = 16 * 1024 * 1024;

    /// No configuration may allow deeper nesting: readers go one call deeper per level.
    public static final int DEPTH_HARD_MAX = 64;

    /// Longest identifier: ours have 20 bytes, those of Macula 0.14 32 or 64 (hexadecimal).
    public static final int ID_BYTES_MAX = 64;

    /// 1 MiB, depth 16, 65 536 elements.
    public static final WireLimits DEFAULT = new WireLimits(1024 * 1024, 16, 65_536);

    public WireLimits {
        if (payloadBytesMax < 0 || payloadBytesMax > PAYLOAD_BYTES_HARD_MAX) {
            throw new IllegalArgumentException("payload limit must lie between 0 and "
                    + PAYLOAD_BYTES_HARD_MAX + " bytes, not " + payloadBytesMax);
        }
        if (depthMax < 1 || depthMax > DEPTH_HARD_MAX) {
            throw new IllegalArgumentException(
                    "depth limit must lie between 1 and " + DEPTH_HARD_MAX + ", not " + depthMax);
        }
        if (elementsMax < 1) {
            throw new IllegalArgumentException(
                    "element limit must be positive, not " + elementsMax);
        }
    }

    /// The same limits with another payload length.
    public WireLimits withPayloadBytesMax(int bytes) {
        return new WireLimits(bytes, depthMax, elementsMax);
    }
}
