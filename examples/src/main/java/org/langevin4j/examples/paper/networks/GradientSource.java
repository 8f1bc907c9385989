package org.langevin4j.examples.paper.networks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.hipparchus.linear.RealMatrix;
import org.langevin4j.core.linear.LinearAlgebra;
import org.langevin4j.examples.experiment.Sheet;
import org.langevin4j.models.file.ArrayFile;
import org.langevin4j.models.file.NumberArray;
import org.langevin4j.models.network.FileGradients;
import org.langevin4j.models.network.MeasuredDiffusion;

/**
 * Gradients of single samples, D from them, and the Hessian of the loss where it is known.
 *
 * @param kind where they come from
 * @param description of the network, a clause after "for"
 * @param diffusion D
 * @param hessian of the mean loss over the same samples
 */
record GradientSource(Kind kind, String description, MeasuredDiffusion diffusion, Optional<RealMatrix> hessian) {

    /** Where gradients come from. */
    enum Kind {
        /** A file named on the command line: any network. */
        FILE,
        /** The folder of real data: tiny-fc of the paper, measured with PyTorch. */
        TINY_FC,
        /** A network of the paper, trained here. */
        TRAINED
    }

    /** How far from symmetric a Hessian in single precision may be, as a fraction of its largest entry. */
    private static final double SINGLE = 1e-5;

    private static final String MEASURED = "measured/tiny-fc-mnist";

    static GradientSource of(Sheet sheet) throws IOException {
        if (!sheet.files().isEmpty()) {
            Path file = sheet.files().get(0);
            return read(file, Kind.FILE, "the network of " + file.getFileName());
        }
        Optional<Path> measured = beside(sheet, ".npz");
        if (measured.isPresent()) {
            return read(measured.get(), Kind.TINY_FC, "tiny-fc on MNIST, d = 917");
        }
        return trained("tiny-fc", sheet);
    }

    /** That source and, where it is no file of the user's, networks trained here. */
    static List<GradientSource> withTrained(Sheet sheet) throws IOException {
        GradientSource first = of(sheet);
        List<GradientSource> sources = new ArrayList<>(List.of(first));
        if (first.kind() == Kind.TINY_FC) {
            sources.add(trained("tiny-fc", sheet));
        }
        if (first.kind() != Kind.FILE && sheet.choose(false, true, true)) {
            sources.add(trained("small-fc", sheet));
        }
        return sources;
    }

    /** A network of the paper at the end of a training on MNIST, or on generated digits; D and the Hessian of the same samples. */
    private static GradientSource trained(String name, Sheet sheet) throws IOException {
        TrainedNetwork trained = TrainedNetwork.of(name, sheet);
        return new GradientSource(
                Kind.TRAINED,
                String.format(
                        Locale.ROOT,
                        "%s trained here on %s, d = %d",
                        name,
                        trained.paper().origin(),
                        trained.network().dimension()),
                MeasuredDiffusion.from(trained.network().perSampleGradients(trained.samples())),
                Optional.of(trained.network().hessian(trained.samples())));
    }

    RealMatrix requireHessian() {
        return hessian.orElseThrow(() -> new IllegalArgumentException(
                "the file must hold a matrix named hessian beside the gradients, got none"));
    }

    /** A word for the names of pictures: none for a source that is the only one. */
    String suffix() {
        return kind == Kind.TRAINED ? "-" + diffusion.dimension() : "";
    }

    /** What NumPy says of D, computed independently; it lies beside the measured gradients. */
    Optional<NumpySpectrum> numpy(Sheet sheet) throws IOException {
        Optional<Path> file = kind == Kind.TINY_FC ? beside(sheet, "-spectrum.json") : Optional.empty();
        return file.isPresent() ? Optional.of(NumpySpectrum.read(file.get(), diffusion.samples())) : Optional.empty();
    }

    private static Optional<Path> beside(Sheet sheet, String ending) {
        return sheet.data().map(folder -> folder.resolve(MEASURED + ending)).filter(Files::exists);
    }

    private static GradientSource read(Path file, Kind kind, String description) throws IOException {
        FileGradients gradients = FileGradients.open(file.toString());
        Optional<RealMatrix> hessian = Optional.empty();
        ArrayFile arrays = ArrayFile.open(file);
        if (arrays.names().contains("hessian")) {
            NumberArray array = arrays.array("hessian").read();
            int d = gradients.dimension();
            if (array.rows() != d || array.columns() != d) {
                throw new IllegalArgumentException(file + ": hessian must be " + d + "×" + d
                        + " as the gradients are, got " + array.rows() + "×" + array.columns());
            }
            hessian = Optional.of(LinearAlgebra.symmetric(file + ": hessian", array.toMatrix(), SINGLE));
        }
        return new GradientSource(kind, description, MeasuredDiffusion.from(gradients), hessian);
    }
}
