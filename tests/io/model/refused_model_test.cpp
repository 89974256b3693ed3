#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstring>
#include <nlohmann/json.hpp>

#include "core/base/error.h"
#include "io/model/model_file.h"
#include "io/picture/picture.h"
#include "tests/io/model/models.h"
#include "tests/io/sections.h"
#include "tests/io/temp_folder.h"
#include "tests/support/messages.h"

namespace firstframe {
namespace {

using nlohmann::json;
using testing::HasSubstr;

constexpr auto kNoModel = ": is no model file; a safetensors file that Firstframe wrote was expected";

class RefusedModel : public testing::Test {
 protected:
  RefusedModel() { write_model(path, a_model()); }

  // What read_model says about a file of this content, behind its name.
  std::string refusal(const std::string& content) const {
    put(path, content);
    const auto message = message_of<FormatError>([&] { read_model(path); });
    EXPECT_TRUE(message.empty() || message.starts_with(path.string())) << message;
    return message.substr(std::min(message.size(), path.string().size()));
  }

  static std::string file_of(const std::string& header, const std::string& data = std::string(32, '\0')) {
    std::string file(8, '\0');
    const std::uint64_t length = header.size();
    std::memcpy(file.data(), &length, 8);
    return file + header + data;
  }

  // The whole model with its header edited.
  template <typename Edit>
  std::string edited(const Edit& edit) const {
    const auto header_end = whole.find("]}}") + 3;
    auto header = json::parse(whole.substr(8, header_end - 8));
    edit(header);
    return file_of(header.dump());
  }

  template <typename Edit>
  std::string described(const Edit& edit) const {
    return edited([&](json& header) {
      auto& ours = header["__metadata__"]["firstframe"];
      auto description = json::parse(ours.get<std::string>());
      edit(description);
      ours = description.dump();
    });
  }

  const TempFolder folder;
  const std::filesystem::path path = folder / "m.safetensors";
  std::string whole = (write_model(folder / "whole", a_model()), content_of(folder / "whole"));
};

TEST_F(RefusedModel, IsMissing) {
  EXPECT_EQ(message_of<MissingFileError>([&] { read_model("no/m.safetensors"); }),
            "no/m.safetensors: there is no such file");
}

TEST_F(RefusedModel, IsAForeignFile) {
  EXPECT_EQ(refusal(""), ": the file is empty; a model was expected");
  EXPECT_EQ(refusal("text"), kNoModel);
  EXPECT_EQ(refusal("a text of more than nine letters"), kNoModel);
  EXPECT_EQ(refusal(std::string("PK\3\4\24\0\0\0\0\0torch.pt", 18)), kNoModel);
  EXPECT_EQ(refusal(file_of("{not json")), kNoModel);
  EXPECT_EQ(refusal(file_of(std::string(100'000, '['))), kNoModel);
  EXPECT_EQ(refusal(file_of("{\"a\":" + std::string(100'000, '['))), kNoModel);
  write_picture(folder / "a.png", noise(SampleType::uint8, 1, {8, 8}).view());
  EXPECT_EQ(refusal(content_of(folder / "a.png")), kNoModel);
  EXPECT_THAT(message_of<FormatError>([&] { read_model(folder.path()); }),
              HasSubstr(": is no file; give the name of a model"));
}

TEST_F(RefusedModel, IsOfAnotherProgram) {
  const auto expected = ": is a safetensors file of another program; use a model that Firstframe trained";
  EXPECT_EQ(refusal(file_of(R"({"a":{"dtype":"F32","shape":[8],"data_offsets":[0,32]}})")), expected);
  EXPECT_EQ(
      refusal(file_of(
          R"({"__metadata__":{"format":"pt"},"a":{"dtype":"F16","shape":[16],"data_offsets":[0,32]}})")),
      expected);
}

TEST_F(RefusedModel, IsCutAnywhere) {
  for (std::size_t bytes = 1; bytes < whole.size(); ++bytes) {
    const auto message = refusal(whole.substr(0, bytes));
    if (bytes < 9)
      ASSERT_EQ(message, kNoModel) << bytes;
    else
      ASSERT_THAT(message, HasSubstr(": the model is cut: ")) << bytes;
  }
}

TEST_F(RefusedModel, IsLargerThanItsHeaderSays) {
  EXPECT_EQ(refusal(whole + "more"), ": has 4 bytes more than its header promises; copy it again");
}

TEST_F(RefusedModel, HasAnArrayThatIsNoFloat32) {
  EXPECT_EQ(refusal(edited([](json& header) { header["gain"]["dtype"] = "BF16"; })),
            ": array \"gain\" is of type BF16; only F32 is accepted");
}

TEST_F(RefusedModel, HasArraysThatDoNotFitTogether) {
  EXPECT_EQ(refusal(edited([](json& header) { header["gain"]["shape"] = {2}; })),
            ": array \"gain\" has 4 bytes, its shape promises 8; the file is damaged");
  EXPECT_EQ(
      refusal(edited([](json& header) {
        header["head.bias"]["data_offsets"] = {20, 24};
      })),
      ": array \"head.bias\" lies at bytes 20..24 of the weights, the one before it ends at 24; the file is "
      "damaged");
  EXPECT_EQ(refusal(edited([](json& header) { header.erase("head.bias"); })),
            ": array \"gain\" lies at bytes 28..32 of the weights, the one before it ends at 24; the file is "
            "damaged");
  EXPECT_EQ(refusal(edited([](json& header) {
              header["gain"]["data_offsets"] = {28, 1u << 31};
            })),
            ": the model is cut: 32 of 2147483648 bytes of weights are there; copy it again");
  EXPECT_EQ(refusal(edited([](json& header) { header["gain"]["shape"] = {-1}; })),
            ": array \"gain\" has a side of -1");
  EXPECT_EQ(refusal(edited([](json& header) {
              header["gain"]["shape"] = {1ull << 40, 1ull << 40};
            })),
            ": an array has a side of 1099511627776");
  EXPECT_THAT(refusal(edited([](json& header) {
                header["gain"]["data_offsets"] = {-4, 0};
              })),
              HasSubstr(": array \"gain\" has the place [-4,0]"));
  EXPECT_THAT(refusal(edited([](json& header) { header["gain"].erase("shape"); })),
              HasSubstr(": has a damaged header ("));
  EXPECT_THAT(refusal(edited([](json& header) { header["gain"] = 3; })),
              HasSubstr(": has a damaged header ("));
}

TEST_F(RefusedModel, IsOfALaterFormat) {
  EXPECT_EQ(refusal(described([](json& info) { info["format"] = 2; })),
            ": is of format 2, this version of Firstframe reads format 1; update Firstframe");
}

TEST_F(RefusedModel, HasADescriptionThatCannotBeUnderstood) {
  EXPECT_THAT(refusal(described([](json& info) { info["border"] = "mirror"; })),
              HasSubstr(": was trained for the border \"mirror\""));
  EXPECT_THAT(refusal(described([](json& info) { info.erase("seed"); })),
              HasSubstr(": has a damaged description ("));
  EXPECT_THAT(refusal(described([](json& info) { info["steps"] = "many"; })),
              HasSubstr(": has a damaged description ("));
  EXPECT_THAT(refusal(edited([](json& header) { header["__metadata__"]["firstframe"] = "{"; })),
              HasSubstr(": has a damaged description; train it again"));
}

TEST_F(RefusedModel, NeverCrashesWhateverByteIsDamaged) {
  for (std::size_t at = 0; at < whole.size() - 32; ++at) {
    auto damaged = whole;
    damaged[at] = static_cast<char>(~damaged[at]);
    refusal(damaged);  // a damaged letter inside a text may go unnoticed; anything else is a FormatError
  }
}

TEST_F(RefusedModel, IsNotOneFromBeforeThereWasAScale) {
  const auto content = described([](json& description) {
    for (const auto* key : {"scale", "row_phase", "col_phase"}) description.erase(key);
  });
  EXPECT_EQ(refusal(content), "");
  const auto info = read_model(path).info;
  EXPECT_EQ(info.scale, 1);
  EXPECT_EQ(info.row_phase, 0);
  EXPECT_EQ(info.col_phase, 0);
}

}  // namespace
}  // namespace firstframe
