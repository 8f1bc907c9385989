import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.langevin4j.core.sde.Diffusion;
import org.langevin4j.core.sde.Sde;
import org.langevin4j.core.sde.Temperature;
import org.langevin4j.solvers.ensemble.Ensemble;
import org.langevin4j.solvers.ensemble.EnsembleResult;
import org.langevin4j.solvers.ensemble.Moments;
import org.langevin4j.solvers.sde.EulerMaruyama;
import org.langevin4j.solvers.sweep.Sweep;

/** Some seconds of work that saves what it has, and goes on from there: {@code Killed ensemble|sweep FILE}. */
public final class Killed {

    private Killed() {}

    public static void main(String[] args) throws Exception {
        Path file = Path.of(args[1]);
        if (args[0].equals("ensemble")) {
            Ensemble ensemble = wells(1.0).paths(3000).until(150.0).seed(5).checkpoint(file, Duration.ofMillis(50));
            EnsembleResult result = Files.exists(file) ? ensemble.resume() : ensemble.run();
            System.out.println(result.get(Moments.of(1)).mean(0));
        } else {
            System.out.println(Sweep.over("T", 0.5, 0.6, 0.7, 0.8, 0.9, 1.0, 1.1, 1.2, 1.3, 1.4)
                    .replicas(4)
                    .seed(7)
                    .threads(1)
                    .writingTo(file)
                    .run(List.of("mean"), point -> new double[] {
                        wells(point.get("T"))
                                .paths(100)
                                .until(100.0)
                                .seed(point.seed())
                                .threads(1)
                                .run()
                                .get(Moments.of(1))
                                .mean(0)
                    })
                    .rows());
        }
    }

    private static Ensemble wells(double temperature) {
        return Ensemble.of(Sde.ito(
                        (x, out) -> out[0] = x[0] - x[0] * x[0] * x[0],
                        Diffusion.isotropic(1, 1.0),
                        Temperature.of(temperature)))
                .scheme(EulerMaruyama.withStep(0.01))
                .startingAt(1.0)
                .observe(Moments.of(1));
    }
}
