package org.langevin4j.models.djl;

import java.io.IOException;
import java.nio.file.Path;
import org.langevin4j.models.network.ForeignNetwork;

/** The format of {@code torch.jit.save}, read by {@link TorchScriptNetwork}. */
public final class TorchScript implements ForeignNetwork.Format {

    /** For {@link java.util.ServiceLoader}. */
    public TorchScript() {}

    @Override
    public String name() {
        return "TorchScript";
    }

    @Override
    public ForeignNetwork read(Path file, int... inputShape) throws IOException {
        return TorchScriptNetwork.read(file, inputShape);
    }
}
