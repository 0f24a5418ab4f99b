package io.macula.benchmarks.traffic;

import com.hivemq.client.mqtt.MqttClient;
import com.hivemq.client.mqtt.datatypes.MqttQos;
import com.hivemq.client.mqtt.mqtt3.Mqtt3AsyncClient;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Mosquitto with HiveMQ's client, MQTT 3.1.1 at quality 0, one connection for each subscriber.
@SuppressWarnings("FutureReturnValueIgnored") // at most once: nobody hears what became of a publish
final class MqttCarrier implements Carrier {

    private static final String DATA = "bench/data";
    private static final String BACK = "bench/back";
    private static final String ECHO = "bench/echo";
    private static final String REPLIES = "bench/replies";

    private final Plan plan;
    private final ConcurrentHashMap<Integer, Runnable> open = new ConcurrentHashMap<>();
    private final AtomicInteger ids = new AtomicInteger();
    private @Nullable Mqtt3AsyncClient speaking;

    MqttCarrier(Plan plan) {
        this.plan = plan;
    }

    private Mqtt3AsyncClient connect(String id) throws Exception {
        var place = plan.address().split(":");
        var client = MqttClient.builder()
                .useMqttVersion3()
                .identifier(id)
                .serverHost(place[0])
                .serverPort(Integer.parseInt(place[1]))
                .buildAsync();
        client.connect().get(20, TimeUnit.SECONDS);
        return client;
    }

    private static void publish(Mqtt3AsyncClient client, String topic, byte[] note) {
        client.publishWith().topic(topic).payload(note).qos(MqttQos.AT_MOST_ONCE).send();
    }

    private static void subscribe(Mqtt3AsyncClient client, String topic, Consumer<byte[]> taker)
            throws Exception {
        client.subscribeWith()
                .topicFilter(topic)
                .qos(MqttQos.AT_MOST_ONCE)
                .callback(message -> taker.accept(message.getPayloadAsBytes()))
                .send()
                .get(20, TimeUnit.SECONDS);
    }

    @Override
    public String hear(Hearing hearing) throws Exception {
        for (int i = 0; i < plan.subscribers(); i++) {
            int subscriber = i;
            var client = connect("hearer" + i);
            subscribe(client, DATA, note -> hearing.heard(subscriber, note,
                    back -> publish(client, BACK, back)));
            if (subscriber == 0) {
                subscribe(client, ECHO, note -> hearing.heard(subscriber, note,
                        back -> publish(client, REPLIES, back)));
            }
        }
        return plan.address();
    }

    @Override
    public void speak(Consumer<byte[]> answers) throws Exception {
        var client = connect("speaker");
        subscribe(client, BACK, answers);
        subscribe(client, REPLIES, note -> {
            var waiting = open.remove(Note.number(note));
            if (waiting != null) {
                waiting.run();
            }
        });
        speaking = client;
    }

    private Mqtt3AsyncClient speaking() {
        var client = speaking;
        if (client == null) {
            throw new IllegalStateException("not connected");
        }
        return client;
    }

    @Override
    public boolean publish(byte[] note) {
        publish(speaking(), DATA, note);
        return true;
    }

    @Override
    public void call(byte[] note, Runnable answered, Runnable failed) {
        int id = ids.incrementAndGet();
        Note.number(note, id);
        open.put(id, answered);
        publish(speaking(), ECHO, note);
    }
}
