#include "journal/entry.hpp"

#include <gtest/gtest.h>

#include <fstream>
#include <random>
#include <sstream>

#include "journal/field_parts.hpp"
#include "journal/merkle.hpp"

namespace lianxin::journal {
namespace {

template <std::size_t N>
std::array<std::uint8_t, N> filled(std::uint8_t byte) {
    std::array<std::uint8_t, N> bytes{};
    bytes.fill(byte);
    return bytes;
}

// The worked example of docs/record.md; its bytes are what makes format 1 format 1.
std::vector<Commitment> example_fields() {
    return {{"actor", commitment("actor", filled<16>(0x01), "7")},
            {"text", commitment("text", filled<16>(0x02), "路灯不亮")}};
}
Header example() {
    Header header;
    header.chain = {"matter", 42};
    header.seq = 2;
    header.previous = filled<32>(0xAA);
    header.kind = "taken_in";
    header.version = 1;
    header.workflow = filled<32>(0xBB);
    header.happened_at = parse_instant("2024-05-06T09:30:00+08:00").value();
    header.recorded_at = parse_instant("2024-05-06T09:31:00.000001+08:00").value();
    header.nonce = filled<16>(0xCC);
    header.fields = fields_root(example_fields());
    return header;
}

TEST(HeaderOfFormat1, HasTheBytesOfTheWorkedExample) {
    std::ifstream file("docs/record.md");
    ASSERT_TRUE(file) << "tests run at the root of the project";
    std::stringstream text;
    text << file.rdbuf();
    const std::string document = text.str();
    std::string stated;  // what the document's code block says, line by line
    const std::string begin = "```header-bytes\n";
    std::size_t at = document.find(begin);
    ASSERT_NE(at, std::string::npos);
    at += begin.size();
    std::stringstream block(document.substr(at, document.find("```", at) - at));
    for (std::string line; std::getline(block, line);) stated += line.substr(0, line.find(' '));
    EXPECT_EQ(hex(canonical(example())), stated);
    EXPECT_NE(document.find("`" + hex(entry_hash(canonical(example()))) + "`"), std::string::npos);
    for (const Commitment& field : example_fields()) {
        EXPECT_NE(document.find("`" + hex(field.digest) + "`"), std::string::npos) << field.name;
    }
    EXPECT_EQ(parse_header(canonical(example())), example());
}

TEST(HeaderOfFormat1, IsHashedAsALeafOfRfc6962) {
    Bytes prefixed{0x00};
    const Bytes header = canonical(example());
    prefixed.insert(prefixed.end(), header.begin(), header.end());
    EXPECT_EQ(entry_hash(header), sha256(prefixed));
}

TEST(HeaderOfFormat1, IsReadFromItsExactBytesAlone) {
    const Bytes header = canonical(example());
    for (std::size_t size = 0; size < header.size(); ++size) {
        ASSERT_FALSE(parse_header(BytesView(header).first(size))) << size;
    }
    Bytes longer = header;
    longer.push_back(0);
    EXPECT_FALSE(parse_header(longer));
    for (std::size_t i = 0; i < header.size(); ++i) {
        Bytes altered = header;
        altered[i] ^= 0x10U;
        const std::optional<Header> read = parse_header(altered);
        if (!read) continue;
        ASSERT_NE(*read, example()) << "byte " << i << " must mean something";
        ASSERT_EQ(canonical(*read), altered) << "one header, one text";
    }
}

TEST(HeaderOfFormat1, RefusesNamesThatCouldMeanTwoThings) {
    const auto with = [](auto change) {
        Header header = example();
        change(header);
        return header;
    };
    EXPECT_THROW((void)canonical(with([](Header& h) { h.kind = ""; })), Bug);
    EXPECT_THROW((void)canonical(with([](Header& h) { h.kind = "Taken"; })), Bug);
    EXPECT_THROW((void)canonical(with([](Header& h) { h.kind = std::string(65, 'a'); })), Bug);
    EXPECT_THROW((void)canonical(with([](Header& h) { h.chain.kind = "a.b"; })), Bug);
    EXPECT_THROW((void)canonical(with([](Header& h) { h.seq = 0; })), Bug);
    EXPECT_NO_THROW((void)canonical(with([](Header& h) { h.kind = "part.moved_on"; })));
}

TEST(Commitments, DoNotMixNameSaltAndValue) {
    const Salt salt = filled<16>('x');
    EXPECT_NE(commitment("a", salt, "bc"), commitment("ab", salt, "c"));
    EXPECT_NE(commitment("a", salt, ""), commitment("a", filled<16>('y'), ""));
    EXPECT_NE(commitment("a", salt, "x"), commitment("ax", salt, ""));
}

TEST(Commitments, MakeOneRootInTheOrderOfTheirNames) {
    const auto fields = example_fields();
    EXPECT_EQ(fields_root({}), tree_root({}));
    EXPECT_EQ(fields_root(fields), node_hash(leaf_hash(fields[0].digest), leaf_hash(fields[1].digest)));
    EXPECT_THROW((void)fields_root({fields[1], fields[0]}), Bug);
    EXPECT_THROW((void)fields_root({fields[0], fields[0]}), Bug);
}

TEST(FieldParts, AreReadBackAndNothingElseIs) {
    const std::vector<SaltedField> salted{{"a", filled<16>(1), ""},
                                          {"text", filled<16>(2), std::string(70'000, 'x')}};
    EXPECT_EQ(unpack_salted(packed(salted)), salted);
    EXPECT_EQ(unpack_salted({}), std::vector<SaltedField>{});
    const std::vector<CommittedField> committed{{{"a", filled<32>(1)}, 0}, {{"b", filled<32>(2)}, 7}};
    const Bytes bytes = packed(committed);
    EXPECT_EQ(unpack_commitments(bytes), committed);
    for (std::size_t size = 1; size < bytes.size(); ++size) {
        if (size == bytes.size() / 2) continue;  // exactly the first field
        ASSERT_FALSE(unpack_commitments(BytesView(bytes).first(size))) << size;
    }
    EXPECT_FALSE(unpack_commitments(packed({committed[1], committed[0]})));
}

}  // namespace
}  // namespace lianxin::journal
