package org.langevin4j.charts;

import java.awt.Graphics2D;
import java.awt.Image;
import java.awt.image.BufferedImage;
import java.awt.image.RenderedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Base64;
import javax.imageio.ImageIO;
import org.apache.batik.svggen.DefaultImageHandler;
import org.apache.batik.svggen.SVGGeneratorContext;
import org.apache.batik.svggen.SVGGraphics2DIOException;
import org.w3c.dom.Element;

/** Heat maps inside an SVG file, as PNG in the text. */
final class EmbeddedPicture extends DefaultImageHandler {

    private static final String XLINK = "http://www.w3.org/1999/xlink";

    @Override
    protected void handleHREF(RenderedImage image, Element element, SVGGeneratorContext context)
            throws SVGGraphics2DIOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            ImageIO.write(image, "png", bytes);
        } catch (IOException e) {
            throw new SVGGraphics2DIOException(e.getMessage(), e);
        }
        element.setAttributeNS(
                XLINK, "xlink:href", "data:image/png;base64," + Base64.getEncoder().encodeToString(bytes.toByteArray()));
    }

    @Override
    protected void handleHREF(Image image, Element element, SVGGeneratorContext context)
            throws SVGGraphics2DIOException {
        if (image instanceof RenderedImage rendered) {
            handleHREF(rendered, element, context);
            return;
        }
        BufferedImage copy =
                new BufferedImage(image.getWidth(null), image.getHeight(null), BufferedImage.TYPE_INT_ARGB);
        Graphics2D g = copy.createGraphics();
        g.drawImage(image, 0, 0, null);
        g.dispose();
        handleHREF((RenderedImage) copy, element, context);
    }
}
