package org.langevin4j.charts;

import java.awt.Font;
import java.awt.FontFormatException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Properties;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * DejaVu Sans, which has the Greek letters, superscripts and signs of mathematics, loaded from the class path.
 *
 * <p>On Linux the Java runtime refuses to load any font at all ("Fontconfig head is null") where none is installed: it
 * asks the system for its logical fonts first. The system property {@code sun.awt.fontconfig} names a file with the
 * answer instead. It is read once, so it is set here, before the first font, and points to a copy of DejaVu Sans.
 *
 * <p>The copies are in the temporary folder and go at the end of the process; those of processes that were killed go when
 * the next begins.
 */
final class Typeface {

    private static final String FOLDER = "/net/sf/jasperreports/fonts/dejavu/";
    private static final String PLAIN_FILE = "DejaVuSans.ttf";
    private static final String BOLD_FILE = "DejaVuSans-Bold.ttf";
    private static final String LOGICAL_FONTS = "sun.awt.fontconfig";
    private static final String HEADLESS = "java.awt.headless";
    private static final String COPIES = "langevin4j-font-";

    private static @Nullable Typeface loaded;

    private final Font regular;
    private final Font strong;

    private Typeface(Font regular, Font strong) {
        this.regular = regular;
        this.strong = strong;
    }

    /** Upright, of the given size in units of the drawing. */
    static Font plain(double size) {
        return loaded().regular.deriveFont((float) size);
    }

    /** Bold, of the given size in units of the drawing. */
    static Font bold(double size) {
        return loaded().strong.deriveFont((float) size);
    }

    /** Not in a static initialiser: what fails is to be said each time, as an exception that can be caught. */
    private static synchronized Typeface loaded() {
        if (loaded == null) {
            try {
                loaded = load();
            } catch (IOException e) {
                throw new UncheckedIOException(new IOException(
                        "charts need a writable temporary folder for their font, and it cannot be written: "
                                + e.getMessage() + " (choose another by -Djava.io.tmpdir=FOLDER)",
                        e));
            } catch (FontFormatException | LinkageError e) {
                throw new IllegalStateException(
                        "the Java runtime cannot draw: DejaVu Sans cannot be loaded (" + e
                                + "); on Linux it needs the package libfreetype6",
                        e);
            }
        }
        return loaded;
    }

    private static Typeface load() throws IOException, FontFormatException {
        if (System.getProperty(HEADLESS) == null) {
            System.setProperty(HEADLESS, "true");
        }
        removeForsaken();
        Path folder = Files.createTempDirectory(COPIES + ProcessHandle.current().pid() + "-");
        // Deleted in reverse order: the folder last.
        folder.toFile().deleteOnExit();
        Path plain = copy(PLAIN_FILE, folder);
        Path bold = copy(BOLD_FILE, folder);
        boolean linux =
                System.getProperty("os.name", "").toLowerCase(Locale.ROOT).contains("linux");
        if (linux && System.getProperty(LOGICAL_FONTS) == null) {
            System.setProperty(
                    LOGICAL_FONTS, describeLogicalFonts(folder, plain).toString());
        }
        // From files, as the runtime makes copies of its own of a stream, which stay when the process is killed.
        return new Typeface(
                Font.createFont(Font.TRUETYPE_FONT, plain.toFile()),
                Font.createFont(Font.TRUETYPE_FONT, bold.toFile()));
    }

    private static Path copy(String name, Path folder) throws IOException {
        Path file = folder.resolve(name);
        file.toFile().deleteOnExit();
        try (InputStream in = Typeface.class.getResourceAsStream(FOLDER + name)) {
            if (in == null) {
                throw new IOException(name + " is not on the class path");
            }
            Files.copy(in, file);
        }
        return file;
    }

    /** Writes the file that maps all logical fonts to DejaVu Sans. */
    private static Path describeLogicalFonts(Path folder, Path font) throws IOException {
        Path description = folder.resolve("fontconfig.properties");
        description.toFile().deleteOnExit();
        Properties properties = new Properties();
        properties.setProperty("version", "1");
        properties.setProperty("sequence.allfonts", "latin-1");
        properties.setProperty("allfonts.latin-1", "DejaVuSans");
        properties.setProperty("filename.DejaVuSans", font.toString());
        try (OutputStream out = Files.newOutputStream(description)) {
            properties.store(out, null);
        }
        return description;
    }

    /** The copies of processes that are no longer there; only our own, and no link is followed. */
    private static void removeForsaken() {
        Pattern ours = Pattern.compile(Pattern.quote(COPIES) + "(\\d{1,18})-\\d+");
        Path temporary = Path.of(System.getProperty("java.io.tmpdir", "."));
        try (DirectoryStream<Path> folders = Files.newDirectoryStream(temporary, COPIES + "*")) {
            for (Path folder : folders) {
                Matcher matcher = ours.matcher(folder.getFileName().toString());
                if (matcher.matches()
                        && Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)
                        && ProcessHandle.of(Long.parseLong(matcher.group(1))).isEmpty()) {
                    for (String name : List.of(PLAIN_FILE, BOLD_FILE, "fontconfig.properties")) {
                        Files.deleteIfExists(folder.resolve(name));
                    }
                    Files.deleteIfExists(folder);
                }
            }
        } catch (IOException | DirectoryIteratorException unreadable) {
            // Rubbish of another user, or of a process that is just going: no reason not to draw.
        }
    }
}
