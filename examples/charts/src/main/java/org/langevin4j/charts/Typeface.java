package org.langevin4j.charts;

import java.awt.Font;
import java.awt.FontFormatException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Properties;

/**
 * DejaVu Sans, which has the Greek letters, superscripts and signs of mathematics, loaded from the class path.
 *
 * <p>On Linux the Java runtime refuses to load any font at all ("Fontconfig head is null") where none is installed: it
 * asks the system for its logical fonts first. The system property {@code sun.awt.fontconfig} names a file with the
 * answer instead. It is read once, so it is set here, before the first font, and points to a copy of DejaVu Sans.
 */
final class Typeface {

    private static final String FOLDER = "/net/sf/jasperreports/fonts/dejavu/";
    private static final String PLAIN_FILE = "DejaVuSans.ttf";
    private static final String BOLD_FILE = "DejaVuSans-Bold.ttf";
    private static final String LOGICAL_FONTS = "sun.awt.fontconfig";
    private static final String HEADLESS = "java.awt.headless";

    private Typeface() {}

    /** Upright, of the given size in units of the drawing. */
    static Font plain(double size) {
        return Loaded.PLAIN.deriveFont((float) size);
    }

    /** Bold, of the given size in units of the drawing. */
    static Font bold(double size) {
        return Loaded.BOLD.deriveFont((float) size);
    }

    private static final class Loaded {
        static final Font PLAIN;
        static final Font BOLD;

        static {
            try {
                if (System.getProperty(HEADLESS) == null) {
                    System.setProperty(HEADLESS, "true");
                }
                boolean linux = System.getProperty("os.name", "")
                        .toLowerCase(Locale.ROOT)
                        .contains("linux");
                if (linux && System.getProperty(LOGICAL_FONTS) == null) {
                    System.setProperty(LOGICAL_FONTS, describeLogicalFonts().toString());
                }
                PLAIN = load(PLAIN_FILE);
                BOLD = load(BOLD_FILE);
            } catch (IOException e) {
                throw new UncheckedIOException("DejaVu Sans cannot be loaded: " + e.getMessage(), e);
            } catch (FontFormatException e) {
                throw new IllegalStateException("DejaVu Sans cannot be loaded: " + e.getMessage(), e);
            }
        }
    }

    private static Font load(String file) throws IOException, FontFormatException {
        try (InputStream in = open(file)) {
            return Font.createFont(Font.TRUETYPE_FONT, in);
        }
    }

    private static InputStream open(String file) throws IOException {
        InputStream in = Typeface.class.getResourceAsStream(FOLDER + file);
        if (in == null) {
            throw new IOException(file + " is not on the class path");
        }
        return in;
    }

    /** Writes the file that maps all logical fonts to a copy of DejaVu Sans; both go at the end of the process. */
    private static Path describeLogicalFonts() throws IOException {
        Path folder = Files.createTempDirectory("langevin4j-font");
        Path font = folder.resolve(PLAIN_FILE);
        Path description = folder.resolve("fontconfig.properties");
        // Deleted in reverse order: the folder last.
        folder.toFile().deleteOnExit();
        font.toFile().deleteOnExit();
        description.toFile().deleteOnExit();
        try (InputStream in = open(PLAIN_FILE)) {
            Files.copy(in, font);
        }
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
}
