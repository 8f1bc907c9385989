package org.langevin4j.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.lang.module.ModuleDescriptor;
import java.lang.module.ModuleFinder;
import java.lang.module.ModuleReference;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarFile;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a user's build finds: modules named like their packages, coordinates as README.md has them. */
class ModulesTest {

    private static final Path ROOT = Path.of("..");

    /** On the class path of a build that packages (`mvn verify`) are jars; of one that only tests, folders. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "org.langevin4j.core.sde.Sde",
                "org.langevin4j.lapack.OpenBlas",
                "org.langevin4j.solvers.ensemble.Ensemble",
                "org.langevin4j.models.analytic.DoubleWell",
                "org.langevin4j.charts.Figure"
            })
    void aJarIsAModuleNamedLikeItsPackages(String type)
            throws ReflectiveOperationException, URISyntaxException, IOException {
        Path jar = Path.of(Class.forName(type)
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toURI());
        assumeTrue(Files.isRegularFile(jar), jar + " is not packaged");
        assertThat(ModuleFinder.of(jar).findAll()).hasSize(1);
        ModuleDescriptor module = ModuleFinder.of(jar).findAll().stream()
                .map(ModuleReference::descriptor)
                .findFirst()
                .orElseThrow();
        assertThat(module.name())
                .isEqualTo(String.join(".", List.of(type.split("\\.")).subList(0, 3)));
        assertThat(module.isAutomatic()).isTrue();
        assertThat(module.packages())
                .isNotEmpty()
                .allMatch(each -> each.equals(module.name()) || each.startsWith(module.name() + "."));
        try (JarFile file = new JarFile(jar.toFile())) {
            assertThat(file.getEntry("META-INF/LICENSE")).isNotNull();
        }
    }

    @Test
    void theCoordinatesOfTheReadmeAreThoseOfTheModules() throws IOException {
        String readme = Files.readString(ROOT.resolve("README.md"));
        String version = first("<version>([^<]+)</version>", Files.readString(ROOT.resolve("pom.xml")));
        Matcher dependency = Pattern.compile(
                        "<artifactId>(langevin4j-[^<]+)</artifactId>.*?<version>([^<]+)<", Pattern.DOTALL)
                .matcher(readme);
        int count = 0;
        while (dependency.find()) {
            assertThat(dependency.group(2)).isEqualTo(version);
            assertThat(artifacts()).contains(dependency.group(1));
            count++;
        }
        assertThat(count).isEqualTo(4);
        assertThat(readme).contains("\"org.langevin4j:langevin4j-solvers:" + version + "\"");
    }

    private static Stream<String> artifacts() {
        return Stream.of("core", "core/lapack", "solvers", "models", "examples/charts").map(folder -> {
            try {
                String pom = Files.readString(ROOT.resolve(folder).resolve("pom.xml"));
                return first("</parent>\\s*<artifactId>([^<]+)</artifactId>", pom);
            } catch (IOException e) {
                throw new AssertionError(e);
            }
        });
    }

    private static String first(String pattern, String text) {
        Matcher matcher = Pattern.compile(pattern).matcher(text);
        assertThat(matcher.find()).as(pattern).isTrue();
        return matcher.group(1);
    }
}
