package org.langevin4j.examples.paper.networks;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.langevin4j.core.random.Seed;
import org.langevin4j.examples.experiment.Experiment;
import org.langevin4j.examples.experiment.Sheet;
import org.langevin4j.examples.training.PaperNetwork;
import org.langevin4j.examples.training.Schedule;
import org.langevin4j.models.data.ImageSet;

public final class Figure2 implements Experiment {

    @Override
    public String name() {
        return "figure-2";
    }

    @Override
    public String summary() {
        return "small-allcnn, trained here on CIFAR-10, CIFAR-100 and augmented CIFAR-10";
    }

    @Override
    public void run(Sheet sheet) throws IOException {
        int images = sheet.choose(500, 20_000, Integer.MAX_VALUE);
        boolean whitened = sheet.choose(false, true, true);
        Schedule schedule = new Schedule(sheet.choose(5, 12, 60), 0.1, sheet.choose(32, 128, 128));
        int samples = sheet.choose(200, 4_000, 20_000);
        Optional<Path> data = sheet.data();
        List<PaperNetwork> papers = new ArrayList<>();
        Seed seed = sheet.seed();
        if (data.isPresent()) {
            PaperNetwork ten = PaperNetwork.photographs(ImageSet.CIFAR_10, data.get(), images, whitened);
            papers.add(ten);
            papers.add(PaperNetwork.photographs(ImageSet.CIFAR_100, data.get(), images, whitened));
            papers.add(ten.augmented());
        }
        List<TrainedNoise> all = new ArrayList<>();
        for (int k = 0; k < papers.size(); k++) {
            all.add(TrainedNoise.of(sheet, papers.get(k), schedule, seed.derive(1 + k), samples));
        }
        for (TrainedNoise one : all) {
            one.numbers(sheet);
        }
    }
}
