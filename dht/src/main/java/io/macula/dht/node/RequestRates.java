package io.macula.dht.node;

import io.macula.dht.Contact;
import io.macula.dht.Endpoint;
import java.util.HashMap;
import java.util.Map;

/// Who asked how often in the current window. As long as all sources together stay below the limit of
/// one, none can have passed it, and only their sum is counted; so a quiet node remembers nobody.
final class RequestRates {

    private static final Object OTHERS = new Object();

    private final RequestLimits limits;
    private final Map<Object, Integer> counts = new HashMap<>(0);
    private long windowStart = Long.MIN_VALUE;
    private int sum;

    RequestRates(RequestLimits limits) {
        this.limits = limits;
    }

    /// Counts a request; false when its source has sent too many.
    boolean allows(Contact from, long nowMillis) {
        if (nowMillis >= windowStart + limits.window().toMillis()) {
            windowStart = nowMillis;
            sum = 0;
            counts.clear();
        }
        if (sum < limits.perWindow()) {
            sum++;
            return true;
        }
        var source = sourceOf(from);
        var known = counts.containsKey(source) || counts.size() < limits.sourcesMax();
        var count = counts.getOrDefault(known ? source : OTHERS, 0);
        if (count < limits.perWindow()) {
            counts.put(known ? source : OTHERS, count + 1);
        }
        return count < limits.perWindow();
    }

    private static Object sourceOf(Contact from) {
        return from.endpoint().network() == Endpoint.UNLIMITED
                ? from.id()
                : from.endpoint().host();
    }
}
