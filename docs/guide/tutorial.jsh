// A first hour with Langevin4j. Paste it, or run it, in
//   jshell --class-path examples/target/langevin4j.jar docs/guide/tutorial.jsh
// Each line stands alone: change a number and go on from there.

import org.langevin4j.core.decomposition.*;
import org.langevin4j.core.density.*;
import org.langevin4j.core.field.*;
import org.langevin4j.core.model.*;
import org.langevin4j.core.sde.*;
import org.langevin4j.models.analytic.*;
import org.langevin4j.solvers.ensemble.*;
import org.langevin4j.solvers.fokkerplanck.*;
import org.langevin4j.solvers.path.*;
import org.langevin4j.solvers.sde.*;

// 1. An equation: dx = (x − x³) dt + √(2β⁻¹) dW, two wells at ±1, barrier ¼.
double beta = 8;
VectorField drift = (x, out) -> out[0] = x[0] - x[0] * x[0] * x[0];
Sde sde = Sde.ito(drift, Diffusion.isotropic(1, 1.0), Temperature.of(1 / beta));

// 2. A thousand paths from the left well, for 20 units of time.
EnsembleResult run = Ensemble.of(sde).scheme(EulerMaruyama.withStep(0.02)).paths(1000).until(20).startingAt(-1).seed(1).observe(Moments.of(1)).run();
System.out.println(run);

// 3. The stationary density by a grid: it is e^(−βΦ).
FokkerPlanck fp = FokkerPlanck.of(sde, Grid.of(Axis.uniform(-2, 2, 200)), Boundary.REFLECTING);
Density steady = fp.steadyState().density();
System.out.printf("ρ(1)/ρ(0) = %.4f, e^(β/4) = %.4f%n", steady.at(0.99) / steady.at(0.01), Math.exp(beta / 4));

// 4. The mean time to the top of the barrier, beside Kramers' formula 2π/(√2) e^(β/4) for crossing, half of it.
double time = HittingProblem.of(fp, x -> x[0] > 0).meanTime().at(-1);
System.out.printf("mean time %.2f, Kramers %.2f%n", time, Math.PI / Math.sqrt(2) * Math.exp(beta / 4));

// 5. How the density relaxes: the slowest rate is that of crossing, both ways.
System.out.printf("slowest rate %.4f, 1/time %.4f%n", -RelaxationModes.of(fp, 2).eigenvalue(1).getReal(), 1 / time);

// 6. A model of the catalogue: every one knows its equation, its parameters and what is known of it.
for (Model each : Catalogue.models().subList(0, 3)) System.out.println(each.name() + ": " + each.description());
Model model = Catalogue.named("double-well").with("lambda", 1.5);
System.out.println(model.sources());

// 7. The most likely path from a well over the saddle, in two dimensions, and its barrier.
VectorField plane = (x, out) -> { out[0] = x[0] - x[0] * x[0] * x[0]; out[1] = -2 * x[1]; };
System.out.println(StringMethod.of(plane, Diffusion.isotropic(2, 1.0)).along(new double[] {-1, 0.3}, new double[] {0.1, 0.5}, new double[] {1, 0.2}));

// 8. Is a linear system in equilibrium? F = (D + Q)U; Q ≠ 0 means that it circulates.
import org.hipparchus.linear.MatrixUtils;
System.out.println(LinearIrreversibility.of(LinearDecomposition.of(MatrixUtils.createRealMatrix(new double[][] {{1, 0.5}, {0.5, 2}}), MatrixUtils.createRealDiagonalMatrix(new double[] {1, 0.2}))));
