package org.langevin4j.examples.paper.networks;

import java.io.IOException;
import org.langevin4j.core.random.Seed;
import org.langevin4j.examples.experiment.Sheet;
import org.langevin4j.examples.training.PaperNetwork;
import org.langevin4j.examples.training.Schedule;
import org.langevin4j.examples.training.TrainingStages;
import org.langevin4j.models.network.DataSet;
import org.langevin4j.models.network.Network;

/**
 * A small network of the paper at the end of a training of its own.
 *
 * @param paper the network's architecture and data
 * @param network at the end
 * @param samples the first of the data, of which D and the Hessian are made
 */
record TrainedNetwork(PaperNetwork paper, Network network, DataSet samples) {

    static TrainedNetwork of(String name, Sheet sheet) throws IOException {
        Seed seed = sheet.seed().derive(41);
        PaperNetwork paper = PaperNetwork.of(name, sheet.data(), sheet.seed().derive(0));
        Network network = TrainingStages.run(
                        paper,
                        new Schedule(sheet.choose(10, 20, 50), 0.1, 128),
                        seed,
                        sheet.out().resolve("training"),
                        sheet.progress())
                .get(2);
        int samples = Math.min(paper.data().size(), sheet.choose(1000, 4000, 4000));
        return new TrainedNetwork(paper, network, paper.data().first(samples));
    }
}
