package org.langevin4j.models.analytic;

import java.util.List;
import org.langevin4j.core.model.DidYouMean;
import org.langevin4j.core.model.Model;

/** All models of this package, each with its default parameters. It is a list, not a registry: nothing is added at run time. */
public final class Catalogue {

    private Catalogue() {}

    /**
     * The models.
     *
     * @return one of each class, with default parameters, in alphabetical order of their names
     */
    public static List<Model> models() {
        return List.of(
                new ActiveBrownianParticle(),
                new ActiveOrnsteinUhlenbeck(),
                new BrownianMotion(),
                new Brusselator(),
                new CoxIngersollRoss(),
                new DoubleWell(),
                new DrivenDoubleWell(),
                new FitzHughNagumo(),
                new GeneticToggle(),
                new HeatConductingChain(),
                new HopfNormalForm(),
                new Kuramoto(),
                new MaierStein(),
                new MertonJumpDiffusion(),
                new NoisyLorenz(),
                new OrnsteinUhlenbeck(),
                new RingWell(),
                new Schloegl(),
                new SpinOnSphere(),
                new StuartLandau(),
                new TiltedWashboard(),
                new TwistedWell(),
                new VanDerPol());
    }

    /**
     * A model by its name.
     *
     * @param name for example "double-well"
     * @return the model with default parameters
     * @throws IllegalArgumentException if there is no such model; the message has the nearest name, or all of them
     */
    public static Model named(String name) {
        return models().stream()
                .filter(model -> model.name().equals(name))
                .findFirst()
                .orElseThrow(() -> {
                    List<String> names = models().stream().map(Model::name).toList();
                    String near = DidYouMean.among(names, name);
                    return new IllegalArgumentException("model must be one of the catalogue, got '" + name + "'"
                            + (near.isEmpty() ? "; it has " + String.join(", ", names) : near));
                });
    }
}
