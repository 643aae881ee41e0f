#include "registry/look_up.hpp"

#include "registry/text_argument.hpp"

namespace libnv::registry {

Key LookUp::overflow_key() const {
    std::vector<Label> constant;
    if (!schema.names().empty()) {
        for (const Label &label : schema.constant()) {
            if (label.first != kOverflow) {
                constant.push_back(label);
            }
        }
    }
    const Schema overflow(std::move(constant), {std::string(kOverflow)});
    const libnv_str yes = borrowed("true");
    return {overflow.text(&yes), overflow.hash(&yes), Key::kNoForm};
}

} // namespace libnv::registry
