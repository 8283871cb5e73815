#include "main/demo_pictures.hpp"

#include <png.h>

#include <algorithm>
#include <array>
#include <cstdlib>
#include <map>
#include <string>

#include "base/result.hpp"

namespace lianxin::demo {
namespace {

struct Colour {
    std::uint8_t red = 0, green = 0, blue = 0;
};

class Canvas {
 public:
    static constexpr int width = 480, height = 320;
    void rectangle(int left, int top, int right, int bottom, Colour colour) {
        for (int y = std::max(0, top); y < std::min(height, bottom); ++y)
            for (int x = std::max(0, left); x < std::min(width, right); ++x) put(x, y, colour);
    }
    void disc(int centre_x, int centre_y, int radius, Colour colour) {
        oval(centre_x, centre_y, radius, radius, colour);
    }
    void oval(int centre_x, int centre_y, int radius_x, int radius_y, Colour colour) {
        for (int y = std::max(0, centre_y - radius_y); y < std::min(height, centre_y + radius_y); ++y)
            for (int x = std::max(0, centre_x - radius_x); x < std::min(width, centre_x + radius_x); ++x) {
                const int dx = (x - centre_x) * radius_y, dy = (y - centre_y) * radius_x;
                if (dx * dx + dy * dy <= radius_x * radius_x * radius_y * radius_y) put(x, y, colour);
            }
    }
    void line(int x0, int y0, int x1, int y1, int thick, Colour colour) {
        const int steps = std::max({std::abs(x1 - x0), std::abs(y1 - y0), 1});
        for (int i = 0; i <= steps; ++i) {
            const int x = x0 + (x1 - x0) * i / steps, y = y0 + (y1 - y0) * i / steps;
            rectangle(x - thick / 2, y - thick / 2, x + (thick + 1) / 2, y + (thick + 1) / 2, colour);
        }
    }
    [[nodiscard]] Bytes png() const {
        png_image image{};
        image.version = PNG_IMAGE_VERSION;
        image.width = width;
        image.height = height;
        image.format = PNG_FORMAT_RGB;
        image.flags = PNG_IMAGE_FLAG_FAST;  // flat colours are small without trying every filter
        png_alloc_size_t size = PNG_IMAGE_PNG_SIZE_MAX(image);
        Bytes bytes(size);
        require(png_image_write_to_memory(&image, bytes.data(), &size, 0, pixels_.data(), 0, nullptr) != 0,
                "a drawn picture can be written");
        bytes.resize(size);
        return bytes;
    }

 private:
    void put(int x, int y, Colour colour) {
        const auto at = static_cast<std::size_t>(y * width + x) * 3;
        pixels_[at] = colour.red;
        pixels_[at + 1] = colour.green;
        pixels_[at + 2] = colour.blue;
    }
    Bytes pixels_ = Bytes(static_cast<std::size_t>(width) * height * 3);
};

constexpr int horizon = 170;
constexpr Colour asphalt{96, 98, 102}, grey{150, 152, 155}, dark{48, 50, 56}, mud{112, 84, 56},
    water{86, 138, 178}, leaf{66, 122, 62}, wall{226, 214, 190}, tile{132, 62, 48}, lit{255, 226, 120},
    night{36, 44, 72}, white{245, 245, 240}, red{190, 60, 48}, wheat{206, 182, 92};

// Where things stand differs from picture to picture, and not between before and after.
struct Shift {
    std::uint64_t seed;
    [[nodiscard]] int of(int turn, int span) const {
        const auto mixed = (seed + static_cast<std::uint64_t>(turn) * std::uint64_t{0x9E3779B97F4A7C15}) *
                           std::uint64_t{0xBF58476D1CE4E5B9};
        return static_cast<int>((mixed >> 33U) % static_cast<std::uint64_t>(span));
    }
};

void draw_landscape(Canvas& canvas, Shift shift, bool dusk) {
    canvas.rectangle(0, 0, Canvas::width, horizon, dusk ? night : Colour{178, 208, 228});
    canvas.oval(90 + shift.of(1, 80), horizon + 20, 150, 90,
                dusk ? Colour{40, 60, 56} : Colour{112, 150, 104});
    canvas.oval(340 + shift.of(2, 80), horizon + 24, 170, 110,
                dusk ? Colour{34, 54, 50} : Colour{96, 138, 92});
    canvas.rectangle(0, horizon, Canvas::width, Canvas::height,
                     dusk ? Colour{52, 70, 52} : Colour{134, 166, 96});
}

void draw_lamp(Canvas& canvas, Shift shift, bool mended) {
    const int x = 220 + shift.of(3, 60);
    canvas.rectangle(0, 250, Canvas::width, 300, dark);
    canvas.line(x, 270, x + (mended ? 0 : 14), 80, 6, grey);
    canvas.line(x + (mended ? 0 : 14), 80, x + 50, 84, 5, grey);
    if (mended) canvas.oval(x + 56, 250, 90, 24, Colour{150, 140, 90});
    canvas.disc(x + 54, 92, mended ? 16 : 9, mended ? lit : dark);
}

void draw_road(Canvas& canvas, Shift shift, bool mended) {
    for (int y = horizon; y < Canvas::height; ++y) {
        const int half = 14 + (y - horizon);
        canvas.rectangle(240 - half, y, 240 + half, y + 1, mended ? grey : asphalt);
    }
    if (mended) {
        for (int y = horizon + 10; y < Canvas::height; y += 36) canvas.rectangle(238, y, 243, y + 18, white);
        return;
    }
    for (int i = 0; i < 4; ++i)
        canvas.oval(180 + shift.of(4 + i, 120), 210 + i * 26, 16 + shift.of(9 + i, 18), 8, mud);
    canvas.line(200, 230, 280, 300, 3, dark);
}

void draw_water(Canvas& canvas, Shift shift, bool mended) {
    canvas.rectangle(0, 220, Canvas::width, 262, mended ? Colour{182, 184, 180} : mud);
    canvas.rectangle(0, 228, Canvas::width, 254, mended ? water : Colour{98, 92, 66});
    if (mended) return;
    for (int i = 0; i < 6; ++i)
        canvas.disc(40 + i * 74 + shift.of(10 + i, 30), 236 + shift.of(20 + i, 12), 9, leaf);
    canvas.oval(240, 284, 120, 20, Colour{110, 128, 120});
}

void draw_power(Canvas& canvas, Shift shift, bool mended) {
    const int lean = mended ? 0 : 26 + shift.of(5, 12);
    for (const int x : {100, 380}) {
        const int top = x + (x == 380 ? lean : 0);
        canvas.line(x, 290, top, 70, 8, Colour{126, 110, 92});
        canvas.line(top - 26, 84, top + 26, 84, 5, Colour{126, 110, 92});
    }
    const int sag = mended ? 100 : 210;
    canvas.line(100, 84, 240, sag, 2, dark);
    canvas.line(240, sag, 380 + lean, 84, 2, dark);
}

void draw_field(Canvas& canvas, Shift shift, bool mended) {
    canvas.rectangle(0, 190, Canvas::width, Canvas::height,
                     mended ? Colour{142, 172, 74} : Colour{150, 128, 88});
    for (int y = 200; y < Canvas::height; y += 18)
        canvas.rectangle(0, y, Canvas::width, y + 3, mended ? wheat : mud);
    canvas.line(240, 190, 200 + shift.of(6, 60), Canvas::height, 8, mended ? Colour{120, 96, 60} : mud);
    if (!mended) canvas.oval(300, 260, 70, 24, Colour{128, 112, 84});
    if (mended) canvas.rectangle(214, 200, 226, 236, white);
}

void draw_rubbish(Canvas& canvas, Shift shift, bool mended) {
    canvas.rectangle(0, 250, Canvas::width, 300, grey);
    for (const int x : {170, 250}) {
        canvas.rectangle(x, 190, x + 54, 256, mended ? Colour{38, 118, 78} : Colour{58, 92, 74});
        canvas.rectangle(x - 4, 182, x + 58, 194, dark);
    }
    if (mended) return;
    constexpr std::array<Colour, 4> bags{white, dark, red, Colour{200, 170, 90}};
    for (int i = 0; i < 14; ++i)
        canvas.disc(120 + shift.of(30 + i, 260), 252 + shift.of(50 + i, 28), 8 + shift.of(70 + i, 9),
                    bags[static_cast<std::size_t>(i) % 4]);
}

void draw_house(Canvas& canvas, Shift shift, bool mended) {
    const int left = 130 + shift.of(7, 50);
    canvas.rectangle(left, 150, left + 200, 270, wall);
    for (int i = 0; i < 44; ++i)
        canvas.rectangle(left - 14 + i * 2, 150 - i, left + 214 - i * 2, 151 - i, tile);
    canvas.rectangle(left + 84, 206, left + 118, 270, Colour{116, 78, 48});
    for (const int x : {left + 24, left + 144})
        canvas.rectangle(x, 186, x + 34, 216, mended ? Colour{150, 196, 220} : dark);
    if (mended) return;
    canvas.line(left + 40, 152, left + 66, 268, 4, dark);
    canvas.line(left + 170, 152, left + 150, 240, 3, dark);
    canvas.oval(left + 150, 122, 26, 12, dark);
}

}  // namespace

Bytes draw_scene(std::string_view scene, Shot shot, std::uint64_t seed) {
    using Draw = void (*)(Canvas&, Shift, bool);
    static const std::map<std::string, Draw, std::less<>> scenes{
        {"lamp", draw_lamp},   {"road", draw_road},       {"water", draw_water}, {"power", draw_power},
        {"field", draw_field}, {"rubbish", draw_rubbish}, {"house", draw_house}};
    Canvas canvas;
    const Shift shift{seed};
    draw_landscape(canvas, shift, scene == "lamp");
    if (const auto found = scenes.find(scene); found != scenes.end())
        found->second(canvas, shift, shot == Shot::after);
    return canvas.png();
}

}  // namespace lianxin::demo
