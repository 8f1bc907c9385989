package org.langevin4j.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.jar.JarFile;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Everything that the executable jar bundles is listed with its licence, and the text is there. */
class LicencesTest {

    private static final String INDEX = "META-INF/licenses/THIRD-PARTY.txt";
    private static final Pattern NATIVE =
            Pattern.compile("(?:.*/)?(?:lib)?([^/]+?)\\.(?:so|dll|dylib|jnilib)(?:\\.[0-9.]+)?");

    private record Artifact(
            String group, String name, @Nullable String classifier, String version) {

        String jar() {
            return name + "-" + version + (classifier == null ? "" : "-" + classifier) + ".jar";
        }
    }

    private static Optional<String> resource(String path) throws IOException {
        try (InputStream in = LicencesTest.class.getClassLoader().getResourceAsStream(path)) {
            return in == null ? Optional.empty() : Optional.of(new String(in.readAllBytes(), StandardCharsets.UTF_8));
        }
    }

    /** What Maven lists as the run-time class path: group:name:jar[:classifier]:version:scope. */
    private static List<Artifact> bundled() throws IOException {
        List<Artifact> artifacts = new ArrayList<>();
        for (String line : resource("bundled.txt").orElseThrow().lines().toList()) {
            String[] part = line.strip().split(" ", -1)[0].split(":", -1);
            if (part.length == 5) {
                artifacts.add(new Artifact(part[0], part[1], null, part[3]));
            } else if (part.length == 6) {
                artifacts.add(new Artifact(part[0], part[1], part[3], part[4]));
            }
        }
        assertThat(artifacts).hasSizeGreaterThan(10);
        return artifacts;
    }

    /** Name to the paths of the texts. */
    private static Map<String, List<String>> index() throws IOException {
        Map<String, List<String>> entries = new TreeMap<>();
        for (String line : resource(INDEX).orElseThrow().lines().toList()) {
            String[] part = line.split(" \\| ", -1);
            if (part.length == 3 && !line.endsWith(".")) {
                entries.put(part[0], List.of(part[2].split(", ", -1)));
            }
        }
        return entries;
    }

    @Test
    void everyArtifactOfTheRunTimeClassPathIsListed() throws IOException {
        Set<String> names = new TreeSet<>();
        bundled().forEach(each -> names.add(each.group() + ":" + each.name()));
        assertThat(index().keySet()).containsAll(names);
    }

    @Test
    void everyNativeLibraryIsListed() throws IOException {
        List<Path> classPath = Stream.of(System.getProperty("java.class.path").split(File.pathSeparator, -1))
                .map(Path::of)
                .toList();
        Set<String> libraries = new TreeSet<>();
        for (Artifact artifact : bundled()) {
            Path jar = classPath.stream()
                    .filter(each -> each.endsWith(artifact.jar()))
                    .findFirst()
                    .orElseThrow(() -> new AssertionError(artifact.jar() + " is not on the class path"));
            try (JarFile file = new JarFile(jar.toFile())) {
                file.stream().forEach(entry -> {
                    Matcher matcher = NATIVE.matcher(entry.getName());
                    if (matcher.matches()) {
                        libraries.add("lib" + matcher.group(1));
                    }
                });
            }
        }
        assertThat(libraries).contains("libjlinenative");
        Set<String> listed = index().keySet();
        assertThat(libraries)
                .allSatisfy(library ->
                        assertThat(listed).anyMatch(name -> library.equals(name) || library.startsWith(name + "_")));
    }

    @Test
    void everyTextIsThereAndEveryTextIsNamed() throws IOException {
        Set<String> named = new TreeSet<>();
        index().values().forEach(named::addAll);
        for (String path : named) {
            assertThat(resource(path))
                    .as(path)
                    .hasValueSatisfying(
                            text -> assertThat(text).hasSizeGreaterThan(500).containsIgnoringCase("copyright"));
        }
        try (Stream<Path> files = Files.list(Path.of("src/main/resources/META-INF/licenses"))) {
            assertThat(files.map(each -> "META-INF/licenses/" + each.getFileName())
                            .filter(each -> !each.equals(INDEX)))
                    .isSubsetOf(named);
        }
    }

    /** The control: a name that is not listed is not found. */
    @Test
    void whatIsNotBundledIsNotListed() throws IOException {
        assertThat(index())
                .doesNotContainKeys("org.junit.jupiter:junit-jupiter-api", "concurrent:concurrent", "libgomp");
    }
}
