package org.langevin4j.examples.paper.networks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.hipparchus.linear.RealMatrix;
import org.langevin4j.core.linear.LinearAlgebra;
import org.langevin4j.examples.experiment.Sheet;
import org.langevin4j.models.data.GeneratedDigits;
import org.langevin4j.models.file.ArrayFile;
import org.langevin4j.models.file.NumberArray;
import org.langevin4j.models.network.DataSet;
import org.langevin4j.models.network.FileGradients;
import org.langevin4j.models.network.MeasuredDiffusion;
import org.langevin4j.models.network.Sampling;
import org.langevin4j.models.network.SoftmaxRegression;

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
        /** A network of one layer on generated digits, where there is no data: not deep. */
        ONE_LAYER
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
        DataSet digits = GeneratedDigits.of(2000, sheet.seed().derive(1));
        SoftmaxRegression network =
                SoftmaxRegression.zero(digits.features(), digits.classes()).trainedByGradientDescent(digits, 0.5, 200);
        return new GradientSource(
                Kind.ONE_LAYER,
                "a network of one layer on generated digits, d = " + network.dimension(),
                MeasuredDiffusion.from(network.perSampleGradients(digits), Sampling.WITH_REPLACEMENT),
                Optional.of(network.hessian(digits)));
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
