package io.macula.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.ConfigFactory;
import org.junit.jupiter.api.Test;

class NodeReferenceTest {

    @Test
    void aNodeReadsNothingOfWhatOnlyAMemberNeeds() {
        var all = ConfigFactory.parseResources(NodeReference.class.getClassLoader(),
                "reference.conf");
        var ofANode = ConfigFactory.defaultReference(NodeReference.LOADER);

        assertThat(all.hasPath("pekko.cluster.gossip-interval")).isTrue();
        assertThat(all.hasPath("pekko.remote.artery")).isTrue();
        assertThat(all.hasPath("pekko.stream.materializer")).isTrue();
        assertThat(ofANode.hasPath("pekko.cluster.gossip-interval")).isFalse();
        assertThat(ofANode.hasPath("pekko.remote.artery")).isFalse();
        assertThat(ofANode.hasPath("pekko.stream.materializer")).isFalse();
        assertThat(ofANode.hasPath("pekko.actor.default-dispatcher")).isTrue();
        assertThat(ofANode.hasPath("pekko.actor.typed")).isTrue();
        assertThat(ofANode.hasPath("macula.role")).isTrue();
    }

    @Test
    void findsEveryClassAllTheSame() throws ClassNotFoundException {
        assertThat(NodeReference.LOADER.loadClass(MaculaNode.class.getName()))
                .isSameAs(MaculaNode.class);
    }

    @Test
    void tellsTheLibrariesOfAClusterByTheirJars() {
        assertThat(NodeReference.isOfACluster(
                "jar:file:/lib/pekko-cluster_2.13-1.7.0.jar!/reference.conf")).isTrue();
        assertThat(NodeReference.isOfACluster(
                "jar:file:/lib/pekko-actor-typed_2.13-1.7.0.jar!/reference.conf")).isFalse();
        assertThat(NodeReference.isOfACluster(
                "file:/home/pekko-cluster/classes/reference.conf")).isFalse();
    }
}
