package io.macula.actors.link.quic.netty;

import io.netty.channel.Channel;
import io.netty.channel.ChannelException;
import io.netty.channel.ChannelOption;
import io.netty.channel.epoll.EpollDatagramChannel;
import io.netty.channel.socket.nio.NioChannelOption;
import io.netty.channel.unix.IntegerUnixChannelOption;
import jdk.net.ExtendedSocketOptions;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Has the kernel send packets whole or not at all, as QUIC wants it (RFC 9000, 14): left to itself it cuts a packet
/// that is too large for the path into fragments, which firewalls drop, and a path that takes large packets could not be told
/// from one that does not.
final class DontFragment {

    private static final Logger LOG = LoggerFactory.getLogger(DontFragment.class);

    // linux/in.h and linux/in6.h. "Probe" does not keep to what the kernel believes of the path: QUIC finds that out.
    private static final int PROBE = 3;
    private static final ChannelOption<Integer> IPV4 = new IntegerUnixChannelOption(
            "IP_MTU_DISCOVER", 0, 10);
    private static final ChannelOption<Integer> IPV6 = new IntegerUnixChannelOption(
            "IPV6_MTU_DISCOVER", 41, 23);

    private DontFragment() {}

    /// Asks it for a bound socket. Where the kernel does not know it, links work as before, with fragments at worst.
    static void ask(Channel socket) {
        var isAsked = socket instanceof EpollDatagramChannel
                // One socket speaks both where there is IPv6, and only IPv4 where there is not.
                ? isSet(socket, IPV4, PROBE) | isSet(socket, IPV6, PROBE)
                : isSet(socket, NioChannelOption.of(ExtendedSocketOptions.IP_DONTFRAGMENT), true);
        if (!isAsked) {
            LOG.info("this system may send packets in fragments address={}",
                    socket.localAddress());
        }
    }

    private static <T> boolean isSet(Channel socket, ChannelOption<T> option, T value) {
        try {
            return socket.config().setOption(option, value);
        } catch (ChannelException | UnsupportedOperationException e) {
            LOG.debug("refused option={}", option, e);
            return false;
        }
    }
}
