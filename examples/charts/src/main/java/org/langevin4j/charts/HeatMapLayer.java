package org.langevin4j.charts;

import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.AffineTransform;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;
import java.util.function.DoubleBinaryOperator;

/**
 * A function of the plane in colour.
 *
 * @param value the function; NaN stays white
 * @param scale its colours
 */
record HeatMapLayer(DoubleBinaryOperator value, ColourScale scale) implements Layer {

    private static final int PIXELS_PER_UNIT = 2;
    private static final int WHITE = 0xFFFFFF;

    @Override
    public void paint(Graphics2D g, PanelProjection to) {
        Rectangle2D area = to.area();
        int width = (int) Math.round(area.getWidth() * PIXELS_PER_UNIT);
        int height = (int) Math.round(area.getHeight() * PIXELS_PER_UNIT);
        double x0 = to.horizontal().getLowerBound();
        double y0 = to.vertical().getLowerBound();
        double dx = to.horizontal().getRange().getLength() / width;
        double dy = to.vertical().getRange().getLength() / height;
        BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        for (int row = 0; row < height; row++) {
            double y = y0 + (height - 0.5 - row) * dy;
            for (int column = 0; column < width; column++) {
                double v = value.applyAsDouble(x0 + (column + 0.5) * dx, y);
                image.setRGB(column, row, Double.isNaN(v) ? WHITE : scale.rgb(v));
            }
        }
        AffineTransform place = AffineTransform.getTranslateInstance(area.getX(), area.getY());
        place.scale(area.getWidth() / width, area.getHeight() / height);
        g.setRenderingHint(RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BILINEAR);
        g.drawImage(image, place, null);
    }
}
