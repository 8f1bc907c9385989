package org.langevin4j.examples.paper.descent;

import static org.langevin4j.examples.experiment.Oracle.closedForm;
import static org.langevin4j.examples.experiment.Tolerance.rounding;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.hipparchus.linear.MatrixUtils;
import org.hipparchus.linear.RealMatrix;
import org.langevin4j.core.linear.Eigenpairs;
import org.langevin4j.core.linear.LinearAlgebra;
import org.langevin4j.core.sde.StochasticGradientDescent;
import org.langevin4j.examples.experiment.Evidence;
import org.langevin4j.examples.experiment.Sheet;
import org.langevin4j.models.file.ArrayFile;
import org.langevin4j.models.network.FileGradients;
import org.langevin4j.models.network.MeasuredDiffusion;

/** What Stein’s equation says of the measured F and D of tiny-fc, at one η/b, where there is the file. */
final class NetworkGap {

    /** How far from symmetric a Hessian in single precision may be, as a fraction of its largest entry. */
    private static final double SINGLE = 1e-5;

    private static final double[] RATES = {0.1, 0.025, 0.001};

    private NetworkGap() {}

    static void write(Sheet sheet) throws IOException {
        Optional<Path> file = sheet.data()
                .map(folder -> folder.resolve("measured/tiny-fc-mnist.npz"))
                .filter(Files::exists);
        if (file.isEmpty()) {
            return;
        }
        RealMatrix hessian = LinearAlgebra.symmetric(
                "hessian", ArrayFile.open(file.get()).array("hessian").read().toMatrix(), SINGLE);
        int d = hessian.getRowDimension();
        LinearAlgebra algebra = LinearAlgebra.forOrder(d);
        Eigenpairs eigen = algebra.symmetricEigen(hessian);
        // As much weight decay as measured-diffusion takes.
        double decay = 0.2 * eigen.value(0) - eigen.value(d - 1);
        RealMatrix stable = hessian.add(MatrixUtils.createRealIdentityMatrix(d).scalarMultiply(decay));
        RealMatrix diffusion = MeasuredDiffusion.from(
                        FileGradients.open(file.get().toString()))
                .toMatrix();
        RealMatrix turned = algebra.multiply(algebra.multiply(eigen.vectors().transpose(), diffusion), eigen.vectors());
        Evidence evidence =
                sheet.supplement("The measured F + δI and D of tiny-fc, d = 917: stationary covariance of SGD less that"
                        + " of the SDE, at one η/b");
        evidence.measure("weight decay δ", decay);
        for (double rate : RATES) {
            RealMatrix ofEquation = byEntries(turned, eigen, decay, 0.0);
            RealMatrix gap = byEntries(turned, eigen, decay, rate).subtract(ofEquation);
            String name = "η = " + rate + ": ";
            evidence.measure(
                    name + "Frobenius norm of the difference over that of Σ",
                    gap.getFrobeniusNorm() / ofEquation.getFrobeniusNorm());
            evidence.measure(
                    name + "largest eigenvalue of the difference over that of Σ",
                    algebra.symmetricEigenvalues(gap)[0] / algebra.symmetricEigenvalues(ofEquation)[0]);
            evidence.measure(name + "ηλmax", rate * (eigen.value(0) + decay));
            if (rate == RATES[0]) {
                RealMatrix stein = StochasticGradientDescent.of(rate, 1)
                        .covariance(stable, diffusion)
                        .scalarMultiply(1.0 / rate);
                RealMatrix back = algebra.multiply(
                        algebra.multiply(eigen.vectors(), gap.add(ofEquation)),
                        eigen.vectors().transpose());
                sheet.consistency("Stein’s equation by doubling in 917 dimensions")
                        .measure(
                                name + "difference from the eigenvectors’ solution, over its norm",
                                stein.subtract(back).getFrobeniusNorm() / back.getFrobeniusNorm())
                        .exact()
                        .near(0.0, rounding(1e-10), closedForm("Dᵢⱼ/(λᵢ + λⱼ − ηλᵢλⱼ)"));
            }
        }
    }

    /** Of η/b = 1, in the eigenvectors of F. */
    private static RealMatrix byEntries(RealMatrix turned, Eigenpairs eigen, double decay, double rate) {
        RealMatrix sigma = turned.copy();
        for (int i = 0; i < sigma.getRowDimension(); i++) {
            for (int j = 0; j < sigma.getColumnDimension(); j++) {
                double a = eigen.value(i) + decay;
                double b = eigen.value(j) + decay;
                sigma.setEntry(i, j, turned.getEntry(i, j) / (a + b - rate * a * b));
            }
        }
        return sigma;
    }
}
