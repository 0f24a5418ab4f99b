package io.macula.actors.mesh;

import io.macula.supervision.Child;
import io.macula.supervision.Key;
import io.macula.supervision.Spec;
import io.macula.supervision.Starting;
import io.macula.supervision.Supervisor;
import java.time.Duration;

/// The tree `mesh_system` of a node without the gateway role: the port on which others dial it, and
/// the links it dials to others. A gateway has both in its own tree.
public final class MeshSystem {

    public static final String ID = "mesh_system";
    public static final Key<MeshListener.Command> LISTENER = Key.of("mesh_listener");
    public static final Key<MeshLinks.Command> LINKS = Key.of("mesh_links");

    private MeshSystem() {}

    public static Spec spec(MeshListener.Parts listener, MeshLinks.Parts links, Mesh mesh) {
        return Supervisor.oneForOne()
                .intensity(10, Duration.ofSeconds(60))
                .child(Child.of(LISTENER, (Starting starting) -> MeshListener.create(listener,
                        starting::ready)).withSignalsReady())
                .child(LINKS, refs -> {
                    mesh.dialsBy(refs.get(LINKS));
                    return MeshLinks.create(links);
                });
    }
}
