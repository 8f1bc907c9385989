package org.langevin4j.examples.paper.networks;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** What NumPy found of the spectrum of D, from the file that lies beside the measured gradients. */
record NumpySpectrum(
        double mean, double standardDeviation, int rank32, int rank64, double participation, List<Double> top) {

    static NumpySpectrum read(Path file, int samples) throws IOException {
        for (JsonNode entry : new ObjectMapper().readTree(file.toFile())) {
            if (entry.path("N").asInt() == samples) {
                List<Double> top = new ArrayList<>();
                entry.path("top20").forEach(value -> top.add(value.asDouble()));
                return new NumpySpectrum(
                        entry.path("mean_eigenvalue").asDouble(),
                        entry.path("std_eigenvalue").asDouble(),
                        entry.path("rank_at_float32_eps").asInt(),
                        entry.path("rank_at_float64_eps").asInt(),
                        entry.path("participation_ratio").asDouble(),
                        top);
            }
        }
        throw new IOException(file + ": no entry for N = " + samples);
    }
}
