package dev.ostiary.http;

import io.helidon.common.socket.SocketOptions;
import java.net.SocketOption;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** The library's own options, and word of each connection as it is accepted: nothing else in it sees one that is silent. */
final class AcceptedSockets implements SocketOptions {
    private final SocketOptions usual = SocketOptions.create();
    private final Consumer<SocketChannel> listener;

    AcceptedSockets(Consumer<SocketChannel> listener) {
        this.listener = listener;
    }

    @Override
    public void configureSocket(SocketChannel channel) {
        usual.configureSocket(channel);
        listener.accept(channel);
    }

    @Override
    public Map<SocketOption<?>, Object> socketOptions() {
        return usual.socketOptions();
    }

    @Override
    public Duration connectTimeout() {
        return usual.connectTimeout();
    }

    @Override
    public Duration readTimeout() {
        return usual.readTimeout();
    }

    @Override
    public Optional<Integer> socketReceiveBufferSize() {
        return usual.socketReceiveBufferSize();
    }

    @Override
    public Optional<Integer> socketSendBufferSize() {
        return usual.socketSendBufferSize();
    }

    @Override
    public boolean socketReuseAddress() {
        return usual.socketReuseAddress();
    }

    @Override
    public boolean socketKeepAlive() {
        return usual.socketKeepAlive();
    }

    @Override
    public boolean tcpNoDelay() {
        return usual.tcpNoDelay();
    }
}
