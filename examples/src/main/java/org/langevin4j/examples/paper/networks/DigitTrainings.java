package org.langevin4j.examples.paper.networks;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import org.langevin4j.core.random.Seed;
import org.langevin4j.examples.experiment.Sheet;
import org.langevin4j.examples.training.PaperNetwork;
import org.langevin4j.examples.training.Schedule;
import org.langevin4j.examples.training.TrainingStages;
import org.langevin4j.models.network.Architecture;
import org.langevin4j.models.network.Architectures;
import org.langevin4j.models.network.DataSet;
import org.langevin4j.models.network.Network;

/**
 * Networks of several sizes and their trainings on the same digits, of which the last ones are held out.
 *
 * @param sheet whose effort, seed and folder they have
 */
record DigitTrainings(Sheet sheet) {

    /** All learning rates begin with it. */
    static final double RATE = 0.1;

    /** The usual mini-batch. */
    static final int BATCH = 128;

    /** With batch normalisation, for 7×7 pixels and ten classes. */
    static Architecture fullyConnected(int... hidden) {
        String name = "49-"
                + String.join(
                        "-", Arrays.stream(hidden).mapToObj(Integer::toString).toList()) + "-10";
        return Architectures.fullyConnected(name, 49, hidden, 10);
    }

    Schedule schedule() {
        return new Schedule(sheet.choose(15, 15, 50), RATE, BATCH);
    }

    /** Before its training. */
    Network start(PaperNetwork whole, Schedule schedule) {
        return schedule.run(whole, seed(0)).begin().network();
    }

    /** After one of several trainings, numbered from 0. */
    Network end(PaperNetwork whole, Schedule schedule, int number) throws IOException {
        Path folder = sheet.out().resolve("training-" + number);
        return TrainingStages.run(shown(whole), schedule, seed(number), folder, sheet.progress())
                .get(2);
    }

    private Seed seed(int number) {
        return sheet.seed().derive(1 + number);
    }

    /** What is trained with. */
    PaperNetwork shown(PaperNetwork whole) {
        int most = whole.data().size() - heldOut(whole).size();
        return whole.first(Math.min(most, sheet.choose(5_000, 50_000, 50_000)));
    }

    /** What is not. */
    DataSet heldOut(PaperNetwork whole) {
        return whole.data().last(Math.min(10_000, whole.data().size() / 5));
    }

    /** What D is of. */
    DataSet samples(PaperNetwork whole) {
        DataSet shown = shown(whole).data();
        return shown.first(Math.min(shown.size(), sheet.choose(800, 3_000, 10_000)));
    }
}
